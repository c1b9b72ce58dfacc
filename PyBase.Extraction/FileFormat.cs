namespace PyBase.Extraction;

/// <summary>The file formats that <see cref="FormatSniffer"/> tells apart.</summary>
public enum FileFormat
{
    /// <summary>None of the others.</summary>
    Unknown,
    /// <summary>STEP: ISO 10303-21 with an application protocol such as AP203, AP214, AP242.</summary>
    Step,
    /// <summary>IFC in ISO 10303-21 form.</summary>
    Ifc,
    /// <summary>A ZIP archive holding one IFC file.</summary>
    IfcZip,
    /// <summary>DXF as text.</summary>
    Dxf,
    /// <summary>DXF with the sentinel <c>AutoCAD Binary DXF</c>.</summary>
    DxfBinary,
    /// <summary>DWG, version mark <c>AC10xx</c>.</summary>
    Dwg,
    /// <summary>PDF.</summary>
    Pdf,
    /// <summary>Office Open XML workbook.</summary>
    Xlsx,
    /// <summary>Delimited text.</summary>
    Csv,
    /// <summary>JSON.</summary>
    Json,
}
