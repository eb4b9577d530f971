"""Prompts: Jinja2 templates in a folder, one sub-folder a prompt, hashed for provenance.

A prompt is three templates: `system.md.j2` (static, so that providers can cache it), `user.md.j2` (the report or other
data, last, fenced as untrusted) and `reask.md.j2` (what was wrong with a reply). `--prompt-dir` names another folder;
templates that it lacks are taken from the package.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .errors import PromptError
from .models.document import Document, Part, Sentence, sha256_of
from .models.exchange import Message, PromptInfo, ReplySchema, Request, Subject
from .resources import data_folder

_TEMPLATES = ("system.md.j2", "user.md.j2", "reask.md.j2")

_INCLUDED = re.compile(r"{%-?\s*include\s+\"([^\"]+)\"")

_SEVERAL = "mul"
"""ISO 639-2 for several languages, which data other than one report is in."""


class Prompts:
    """The templates of one folder.

    Args:
        folder: a user's own folder, or None for the package's.

    Raises:
        PromptError: the folder does not exist.
    """

    def __init__(self, folder: Path | None = None):
        from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

        if folder is not None and not folder.is_dir():
            raise PromptError(
                f"there is no prompt folder {folder}", remedy="Name a folder that holds brief/system.md.j2"
            )
        folders = [f for f in (folder, data_folder("prompts")) if f is not None]
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(f) for f in folders]),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - plain text, no HTML
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._infos: dict[str, PromptInfo] = {}

    def info(self, name: str) -> PromptInfo:
        """Name and hash of a prompt: SHA-256 over its templates' sources, first 12 hexadecimal digits."""
        if name not in self._infos:
            digest = hashlib.sha256()
            for template in _TEMPLATES:
                source = self._source(f"{name}/{template}")
                for included in (source, *map(self._source, _INCLUDED.findall(source))):
                    digest.update(included.encode())
                    digest.update(b"\0")
            self._infos[name] = PromptInfo(name, digest.hexdigest()[:12])
        return self._infos[name]

    def brief(
        self, document: Document, sentences: Sequence[Sentence], schema: ReplySchema, part: Part | None = None
    ) -> Request:
        """The request for the brief of one report, or of a part of it."""
        name, values = "brief", dict[str, Any]()
        if part is not None:
            known = [_one_line(actor) for actor in part.known]
            name, values = "part", {"number": part.number, "of": part.of, "known": known}
        messages = (Message("system", self._system(name)), self._shown(name, document, sentences, values))
        return Request(name, _subject(document), messages, schema, self.info(name))

    def extract(
        self, document: Document, sentences: Sequence[Sentence], instructions: str, schema: ReplySchema
    ) -> Request:
        """The request to fill a user's model from one document.

        Args:
            document: what is read.
            sentences: its numbered sentences.
            instructions: the user's own; they are shown as they are, never rendered, and are part of the prompt's hash.
            schema: of the user's model.
        """
        system = self._system("extract", instructions=instructions, fence=fence(instructions))
        messages = (Message("system", system), self._shown("extract", document, sentences))
        asked = sha256_of(f"{self.info('extract').hash}\0{instructions}")
        return Request("extract", _subject(document), messages, schema, PromptInfo("extract", asked[:12]))

    def ask(self, task: str, document: str, data: Mapping[str, Any], schema: ReplySchema) -> Request:
        """The request of any other prompt, about data that is rendered with each text in one line.

        Args:
            task: folder of the prompt, such as judge/claims.
            document: the report that the data has to do with, for messages.
            data: values of the user template: texts, and lists and mappings of them.
            schema: what the reply must fit.
        """
        values = {name: _in_lines(value) for name, value in data.items()}
        held = json.dumps(values, ensure_ascii=False, sort_keys=True)
        user = self._render(f"{task}/user.md.j2", fence=fence(held), **values)
        messages = (Message("system", self._system(task)), Message("user", user))
        return Request(task, Subject(document, sha256_of(held), _SEVERAL), messages, schema, self.info(task))

    def reask(self, request: Request, reply: str, faults: Sequence[str]) -> Request:
        """The request that asks again, holding the reply and what was wrong with it."""
        complaint = self._render(f"{request.task}/reask.md.j2", faults=list(faults))
        return request.followed_by(Message("assistant", reply), Message("user", complaint))

    @functools.lru_cache(16)  # noqa: B019 - a few prompts, and the object lives as long as its engine
    def _system(self, name: str, **values: str) -> str:
        return self._render(f"{name}/system.md.j2", **values)

    def _shown(
        self,
        name: str,
        document: Document,
        sentences: Sequence[Sentence],
        values: Mapping[str, Any] = MappingProxyType({}),
    ) -> Message:
        """A document with its numbered sentences, fenced."""
        text, outlet, title = document.text, _one_line(document.outlet), _one_line(document.title)
        user = self._render(
            f"{name}/user.md.j2",
            published=document.published,
            outlet=outlet,
            title=title,
            fence=fence("\0".join(part for part in (outlet, title, text, *values.get("known", ())) if part)),
            sentences=[{"number": s.number, "text": text[s.start : s.end]} for s in sentences],
            **values,
        )
        return Message("user", user)

    def _source(self, template: str) -> str:
        from jinja2 import TemplateError

        assert self._environment.loader is not None
        try:
            return self._environment.loader.get_source(self._environment, template)[0]
        except (TemplateError, OSError, UnicodeDecodeError) as error:
            raise PromptError(
                f"the template {template} cannot be read ({error})", remedy="Check --prompt-dir"
            ) from error

    def _render(self, template: str, **values: Any) -> str:
        try:
            return self._environment.get_template(template).render(**values)
        except Exception as error:  # a user's template can raise anything
            raise PromptError(
                f"the template {template} does not render ({type(error).__name__}: {error})",
                remedy="Check the template in --prompt-dir against the package's own",
            ) from error


def fence(text: str) -> str:
    """A code that marks where a report begins and ends, and that no report can hold.

    It is taken from a hash of the text, so it is the same in every run, yet nobody can write a text that holds its own
    code: that would be a second preimage of 96 bits.
    """
    salt = 0
    while (code := hashlib.sha256(f"report fence {salt}\0{text}".encode()).hexdigest()[:24]) in text:
        salt += 1
    return code


def _subject(document: Document) -> Subject:
    return Subject(document.id, document.sha256, document.language)


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _in_lines(value: Any) -> Any:
    """The same data with each text in one line, so that none can look like the beginning of another."""
    if isinstance(value, str):
        return _one_line(value) or ""
    if isinstance(value, Mapping):
        return {name: _in_lines(each) for name, each in value.items()}
    return [_in_lines(each) for each in value]
