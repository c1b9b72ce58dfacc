using PyBase.Extraction;
using Xunit;

namespace PyBase.Tests.Extraction;

public sealed class FormatSnifferTests
{
    [Theory]
    [InlineData("ISO-10303-21;\nHEADER;FILE_SCHEMA(('AUTOMOTIVE_DESIGN'));", "a.txt", FileFormat.Step)]
    [InlineData("/* x */ ISO-10303-21;\nHEADER;FILE_SCHEMA (('IFC4'));", "a.stp", FileFormat.Ifc)]
    [InlineData("ISO-10303-21;\nHEADER;", "a.ifc", FileFormat.Ifc)]
    [InlineData("PK\u0003\u0004..xl/workbook.xml", "a", FileFormat.Xlsx)]
    [InlineData("PK\u0003\u0004..", "a.XLSX", FileFormat.Xlsx)]
    [InlineData("PK\u0003\u0004..house.ifc", "a.zip", FileFormat.IfcZip)]
    [InlineData("PK\u0003\u0004..[Content_Types].xml word/document.xml", "a", FileFormat.Unknown)]
    [InlineData("  0\r\nSECTION\r\n  2\r\nHEADER", "a", FileFormat.Dxf)]
    [InlineData("999\nmade by\n0\nSECTION\n2\nHEADER", "a", FileFormat.Dxf)]
    [InlineData("AutoCAD Binary DXF\r\n\u001A\0", "a", FileFormat.DxfBinary)]
    [InlineData("AC1032\0\0", "a", FileFormat.Dwg)]
    [InlineData("\n%PDF-1.7", "a.dwg", FileFormat.Pdf)]
    [InlineData("a;b\n1;2", "a.csv", FileFormat.Csv)]
    [InlineData("\u00EF\u00BB\u00BF {\"a\":1}", "a", FileFormat.Json)]
    [InlineData("a;b\n1;2", "a", FileFormat.Unknown)]
    [InlineData("", "a.step", FileFormat.Unknown)]
    [InlineData("\0\u0001\u0002", "a.csv", FileFormat.Unknown)]
    [InlineData("\u00FE\u00FF\0a\0;\0b\0\n", "a.csv", FileFormat.Csv)]
    [InlineData("a\0;\0b\0\n\0c\0;\0d\0\n\0", "a.csv", FileFormat.Csv)]
    public void The_first_bytes_decide_and_the_name_helps(string start, string name, FileFormat expected) =>
        Assert.Equal(expected, FormatSniffer.Sniff(Part21Text.Bytes(start), name));
}
