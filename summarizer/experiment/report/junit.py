"""A report as JUnit XML: one test case for each document, for each story and for each rule of the gate."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ...evaluation.scores import DocumentScore, Outcome
from .view import Report


def to_junit(about: Report) -> str:
    """The report; documents without a brief are errors, forbidden statements and gate findings are failures."""
    root = ET.Element("testsuites")
    documents = ET.SubElement(root, "testsuite", name=f"{about.run.info.suite} documents")
    for score in about.run.pooled:
        case = ET.SubElement(documents, "testcase", classname=about.run.info.suite, name=score.document)
        _add_document(case, score)
    _count(documents)
    if about.run.stories:
        stories = ET.SubElement(root, "testsuite", name=f"{about.run.info.suite} stories")
        for score in about.run.pooled_stories:
            case = ET.SubElement(stories, "testcase", classname=f"{about.run.info.suite}.stories", name=score.document)
            _add_document(case, score)
        _count(stories)
    if about.verdict:
        gate = ET.SubElement(root, "testsuite", name=f"{about.run.info.suite} gate")
        failed = {finding.metric: finding for finding in about.verdict.findings}
        for difference in about.verdict.differences:
            case = ET.SubElement(gate, "testcase", classname="gate", name=difference.metric)
            if difference.metric in failed:
                finding = failed[difference.metric]
                failure = ET.SubElement(case, "failure", message=_clean(finding.why))
                failure.text = _clean(f"worst: {', '.join(finding.documents)}" if finding.documents else finding.why)
        _count(gate)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_document(case: ET.Element, score: DocumentScore) -> None:
    if score.failed:
        ET.SubElement(case, "error", message=_clean(score.failed))
    said = [item for item in score.items if item.kind == "forbidden" and item.outcome is Outcome.FALSE]
    if said:
        why = "; ".join(f"{item.predicted}: {item.reference}" for item in said)
        ET.SubElement(case, "failure", message=_clean(f"forbidden: {why}"))


def _count(suite: ET.Element) -> None:
    for name, what in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")):
        suite.set(name, str(len(suite.findall(what))))


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 does not allow."""
    return "".join(c if c in "\t\n\r" or 0x20 <= ord(c) <= 0xD7FF or ord(c) >= 0xE000 else "�" for c in text)
