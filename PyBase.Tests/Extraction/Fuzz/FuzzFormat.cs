using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Ifc;
using PyBase.Extraction.Pdf;
using PyBase.Extraction.Sheets;
using PyBase.Extraction.Step;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>A reader under attack, and what mutations know of its format.</summary>
public sealed record FuzzFormat(string Name, Func<Stream, ExtractionResult> Read, IReadOnlyList<string> Extensions, IReadOnlyList<Mutation> Mutations)
{
    public static IReadOnlyList<FuzzFormat> All { get; } =
    [
        new("step", stream => StepExtractor.Read(stream), ["stp", "step"], [.. Mutation.Bytes, .. Mutation.Texts, .. Part21Mutation.All]),
        new("ifc", stream => IfcReader.Read(stream), ["ifc", "ifczip"], [.. Mutation.Bytes, .. Mutation.Texts, .. Part21Mutation.All, ZipMutation.Of(Part21Mutation.All)]),
        new("dxf", stream => DxfReader.Read(stream), ["dxf"], [.. Mutation.Bytes, .. Mutation.Texts, .. DxfMutation.All]),
        new("dwg", stream => DwgReader.Read(stream), ["dwg"], [.. Mutation.Bytes, .. Mutation.Words]),
        new("pdf", stream => PdfReader.Read(stream, new PdfOptions { MaxTime = TimeSpan.FromSeconds(20) }), ["pdf"], [.. Mutation.Bytes, .. Mutation.Texts, .. PdfMutation.All]),
        new("sheets", stream => SheetReader.Read(stream), ["xlsx", "csv"], [.. Mutation.Bytes, .. Mutation.Texts, ZipMutation.Of(Mutation.Texts), ZipMutation.Of(XmlMutation.All)]),
    ];

    public static FuzzFormat Of(string name) => All.First(format => format.Name == name);
}
