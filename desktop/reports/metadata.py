"""What the file says about itself, in the words of XMP."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Literal

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:gedigen="urn:gedigen:document:1/">
 <dc:format>application/pdf</dc:format>
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
 <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
 <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
 <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
 <xmp:CreateDate>{moment}</xmp:CreateDate>
 <xmp:ModifyDate>{moment}</xmp:ModifyDate>
 <xmp:MetadataDate>{moment}</xmp:MetadataDate>
 <xmp:CreatorTool>{program}</xmp:CreatorTool>
 <pdf:Producer>{program}</pdf:Producer>
 <pdfaid:part>{part}</pdfaid:part>
 <pdfaid:conformance>A</pdfaid:conformance>
 <pdfuaid:part>1</pdfuaid:part>
 <gedigen:kind>{kind}</gedigen:kind>
 <gedigen:record>{record}</gedigen:record>
</rdf:Description>
{extension}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

#: PDF/A wants every schema that is not its own described: the PDF/UA identifier, and what kind of Gedigen's documents this is.
_EXTENSION = """<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>Gedigen document schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>urn:gedigen:document:1/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>gedigen</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>kind</pdfaProperty:name>
   <pdfaProperty:valueType>Text</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Which kind of document this is</pdfaProperty:description>
  </rdf:li><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>record</pdfaProperty:name>
   <pdfaProperty:valueType>Text</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>SHA-256 of the sealed record that it is made from</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


#: How the packet names the kind of a document and the record that it is made from, for reading it back.
NAMESPACE = b"urn:gedigen:document:1/"
KIND_MARK = re.compile(rb"<gedigen:kind>([a-z_]{1,32})</gedigen:kind>")
#: A comparison names several records, the oldest assessment's first, with a space between.
RECORD_MARK = re.compile(rb"<gedigen:record>([0-9a-f]{64}(?: [0-9a-f]{64}){0,5})</gedigen:record>")


def xmp_packet(
    *, title: str, author: str, subject: str, language: str, program: str, at: datetime, kind: str, record_sha256: str, part: Literal[2, 3]
) -> bytes:
    """Give the XMP packet of a file that conforms to PDF/A-2a or 3a (``part``) and PDF/UA-1; ``at`` is a naive UTC time.

    ``kind`` is the name of one of ``models.document_kind``; ``record_sha256`` (hexadecimal) names the sealed record that the document is
    made from, empty when there is none; of several, each is named, with a space between.
    """
    packet = _PACKET.format(
        title=_escaped(title),
        author=_escaped(author),
        subject=_escaped(subject),
        language=_escaped(language),
        program=_escaped(program),
        kind=_escaped(kind),
        record=_escaped(record_sha256),
        part=part,
        moment=at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        extension=_EXTENSION,
    )
    return packet.encode("utf-8")


def pdf_date(at: datetime) -> str:
    """Give a naive UTC time as PDF writes dates."""
    return at.strftime("D:%Y%m%d%H%M%S+00'00'")


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
