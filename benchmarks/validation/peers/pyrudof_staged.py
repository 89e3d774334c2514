"""pyrudof in native mode. A report is staged and rolled back: a fresh graph for each would cost it some 40 ms.

As a script: ``python pyrudof_staged.py SHAPES DATA`` checks one file.
"""

from __future__ import annotations

from collections.abc import Callable

from pyrudof import RDFFormat, ResultShaclValidationFormat, Rudof, RudofConfig, ShaclFormat, ShaclValidationMode

SOME_DATA = "<urn:a> <urn:b> <urn:c> .\n"  # a stage needs data below it


def prepare(shapes: bytes) -> Callable[[bytes], bytes]:
    rudof = Rudof(RudofConfig())
    rudof.read_shacl(shapes.decode(), ShaclFormat.Turtle)
    rudof.read_data(SOME_DATA, RDFFormat.NTriples)

    def check(text: bytes) -> bytes:
        rudof.begin_staging()
        rudof.read_data(text.decode(), RDFFormat.NTriples, merge=True)
        rudof.validate_shacl(ShaclValidationMode.Native)
        report = rudof.serialize_shacl_validation_results(ResultShaclValidationFormat.NTriples)
        rudof.rollback_staging()
        return report.encode()

    return check


if __name__ == "__main__":
    import sys
    from pathlib import Path

    sys.stdout.buffer.write(prepare(Path(sys.argv[1]).read_bytes())(Path(sys.argv[2]).read_bytes()))
