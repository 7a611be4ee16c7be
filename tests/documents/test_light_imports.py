"""Describing a paper costs nothing: drawing libraries load only where papers are made."""

import subprocess
import sys


def test_values_and_data_come_without_drawing_libraries() -> None:
    code = (
        "import sys, handlers.documents, handlers.documents.paper, handlers.documents.composition,"
        " handlers.documents.progress, handlers.documents.simulation_paper,"
        " handlers.simulation.credit_flow, handlers.simulation.cdat_flow,"
        " handlers.documents.data_paper, handlers.security.privacy, handlers.security.app,"
        " handlers.documents.fonts as fonts;"
        "assert fonts.font_file('DejaVuSans').is_file();"
        "assert not {'fpdf', 'matplotlib', 'fontTools', 'segno', 'xlsxwriter'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
