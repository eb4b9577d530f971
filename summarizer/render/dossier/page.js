(() => {
  "use strict";
  const IDLE = "Choose a statement to see the sentences that carry it.";
  const root = document.documentElement;
  let active = null;
  root.classList.add("js");
  document.querySelectorAll("article.story").forEach(setUp);
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    folded.forEach((details) => details.toggleAttribute("open", true));
  });
  addEventListener("afterprint", () => folded.forEach((details) => details.toggleAttribute("open", false)));

  function setUp(story) {
    const panel = story.querySelector(".panel");
    const status = panel.querySelector(".status");
    const all = panel.querySelector(".all");
    const passages = [...panel.querySelectorAll(".passage")];
    const controls = [...story.querySelectorAll(".say, a.chip[data-passages]")];
    let chosen = null;

    controls.forEach((control) => {
      control.setAttribute("role", "button");
      control.setAttribute("tabindex", "0");
      control.setAttribute("aria-pressed", "false");
      control.setAttribute("aria-controls", panel.id);
      control.addEventListener("click", (event) => {
        event.preventDefault();
        if (getSelection().isCollapsed) choose(control === chosen ? null : control);
      });
      control.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" ? event.key !== " " : false) return;
        event.preventDefault();
        choose(control === chosen ? null : control);
      });
    });
    status.textContent = IDLE;
    all.addEventListener("click", leave);
    story.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave();
    });
    addEventListener("hashchange", () => {
      if (passages.some((passage) => "#" + passage.id === location.hash)) choose(null);
    });

    function leave() {
      const last = chosen;
      choose(null);
      if (last) last.focus({ preventScroll: true });
    }

    function choose(control) {
      if (control) {
        if (active !== choose) active?.(null);
        active = choose;
      }
      if (chosen) mark(chosen, false);
      chosen = control;
      if (chosen) mark(chosen, true);
      const wanted = new Set(chosen ? chosen.dataset.passages.split(" ") : []);
      const words = new Set(chosen ? chosen.dataset.words.split(" ") : []);
      passages.forEach((passage) => {
        const lit = wanted.has(passage.id);
        passage.classList.toggle("lit", lit);
        passage.classList.toggle("off", chosen ? !lit : false);
        passage.querySelectorAll(".words").forEach((piece) => {
          const own = piece.dataset.words.split(" ").some((word) => words.has(word));
          piece.classList.toggle("lit", lit ? own : false);
        });
      });
      panel.querySelectorAll(".source").forEach((source) => {
        source.classList.toggle("off", chosen ? !source.querySelector(".lit") : false);
      });
      panel.classList.toggle("chosen", chosen !== null);
      root.classList.toggle("sheet", chosen !== null);
      all.hidden = chosen === null;
      status.textContent = chosen ? told(passages.filter((passage) => wanted.has(passage.id))) : IDLE;
      panel.scrollTop = 0;
      control?.scrollIntoView({ block: "nearest" });
    }

    function mark(control, pressed) {
      control.setAttribute("aria-pressed", String(pressed));
      const claim = control.closest(".claim");
      if (claim) claim.classList.toggle("chosen", pressed);
    }
  }

  function told(lit) {
    const from = new Set(lit.map((passage) => passage.dataset.report + " " + passage.dataset.language));
    return (lit.length === 1 ? "1 sentence" : lit.length + " sentences") + " of " + [...from].join(", ");
  }
})();
