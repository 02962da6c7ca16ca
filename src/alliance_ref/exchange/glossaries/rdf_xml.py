"""Write statements as RDF/XML, always in the same order.

Every node is an element at the top level, and refers to others by name. Lists and terms are therefore not
nested, however long they are:

    <rdf:Description rdf:about="#alliance">
      <ar:terms rdf:nodeID="b1"/>
    </rdf:Description>
    <rdf:Description rdf:nodeID="b1">
      <rdf:first rdf:nodeID="b2"/>
      <rdf:rest rdf:resource="http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"/>
    </rdf:Description>
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from alliance_ref.exchange.xml.writing import xml_attribute, xml_text

Node = Mapping[str, Any]
"""A node of JSON-LD: ``@id``, ``@type``, and for each property a value or a list of values."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def dumps(nodes: Iterable[Node], prefixes: Mapping[str, str]) -> str:
    """Return *nodes* of JSON-LD as RDF/XML.

    Args:
        nodes: The nodes, each with an ``@id``.
        prefixes: The namespaces by prefix.

    >>> node = {"@id": "#alliance", "skos:prefLabel": {"@value": "同盟", "@language": "ja"}}
    >>> '<skos:prefLabel xml:lang="ja">同盟</skos:prefLabel>' in dumps([node], {"skos": "urn:skos:"})
    True
    """
    namespaces = "".join(f"\n  xmlns:{name}={xml_attribute(iri)}" for name, iri in prefixes.items())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<rdf:RDF xmlns:rdf={xml_attribute(_RDF)}{namespaces}>",
    ]
    names = (f"b{number}" for number in count(1))
    for node in nodes:
        waiting: list[tuple[str, Node]] = []
        lines += _description(f"rdf:about={xml_attribute(node['@id'])}", node, prefixes, names, waiting)
        while waiting:
            name, inner = waiting.pop(0)
            lines += _description(f'rdf:nodeID="{name}"', inner, prefixes, names, waiting)
    return "\n".join([*lines, "</rdf:RDF>", ""])


def _description(
    subject: str,
    node: Node,
    prefixes: Mapping[str, str],
    names: Iterator[str],
    waiting: list[tuple[str, Node]],
) -> Iterator[str]:
    yield f"  <rdf:Description {subject}>"
    for key, value in node.items():
        if key == "@type":
            prefix, _, name = value.partition(":")
            yield f"    <rdf:type rdf:resource={xml_attribute(prefixes[prefix] + name)}/>"
        elif key != "@id":
            for one in value if isinstance(value, list) else [value]:
                yield f"    {_property(key, one, names, waiting)}"
    yield "  </rdf:Description>"


def _property(key: str, value: Node, names: Iterator[str], waiting: list[tuple[str, Node]]) -> str:
    if "@value" in value:
        lang = f' xml:lang="{value["@language"]}"' if "@language" in value else ""
        return f"<{key}{lang}>{xml_text(value['@value'])}</{key}>"
    if "@id" in value:
        return f"<{key} rdf:resource={xml_attribute(value['@id'])}/>"
    if "@list" in value:
        items = value["@list"]
        if not items:
            return f'<{key} rdf:resource="{_RDF}nil"/>'
        value = {"rdf:first": items[0], "rdf:rest": {"@list": items[1:]}}
    name = next(names)
    waiting.append((name, value))
    return f'<{key} rdf:nodeID="{name}"/>'
