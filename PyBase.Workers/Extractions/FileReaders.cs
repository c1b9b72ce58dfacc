using System.Collections.Frozen;
using PyBase.Extraction;
using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Ifc;
using PyBase.Extraction.Pdf;
using PyBase.Extraction.Sheets;
using PyBase.Extraction.Step;
using PyBase.Workers.Ocr;

namespace PyBase.Workers.Extractions;

/// <summary>The readers by the format that the file's first bytes show.</summary>
static class FileReaders
{
    delegate ExtractionResult Reader(Stream stream, IProgress<long> progress, CancellationToken cancellation);

    /// <summary>Reads scanned pages where the program is installed.</summary>
    static readonly Lazy<TesseractOcr?> Scans = new(() => TesseractOcr.Find());

    static readonly FrozenDictionary<FileFormat, Reader> Readers = new Dictionary<FileFormat, Reader>
    {
        [FileFormat.Step] = (stream, progress, cancellation) => StepExtractor.Read(stream, null, progress, cancellation),
        [FileFormat.Dxf] = (stream, progress, cancellation) => DxfReader.Read(stream, null, progress, cancellation),
        [FileFormat.DxfBinary] = (stream, progress, cancellation) => DxfReader.Read(stream, null, progress, cancellation),
        [FileFormat.Dwg] = (stream, progress, cancellation) => DwgReader.Read(stream, null, progress, cancellation),
        [FileFormat.Pdf] = (stream, _, cancellation) => PdfReader.Read(stream, new PdfOptions { Ocr = Scans.Value }, cancellation),
        [FileFormat.Xlsx] = (stream, _, cancellation) => SheetReader.Read(stream, null, cancellation),
        [FileFormat.Csv] = (stream, _, cancellation) => SheetReader.Read(stream, null, cancellation),
        [FileFormat.Ifc] = (stream, progress, cancellation) => IfcReader.Read(stream, null, progress, cancellation),
        [FileFormat.IfcZip] = (stream, progress, cancellation) => IfcReader.Read(stream, null, progress, cancellation),
    }.ToFrozenDictionary();

    /// <summary>For people: what may be dropped.</summary>
    public static string Known { get; } = string.Join(", ", Readers.Keys.Select(format => format.ToString()).Order(StringComparer.Ordinal));

    /// <summary>What the file holds; null when there is no reader for its format.</summary>
    public static Func<ExtractionResult>? For(FileFormat format, Stream stream, IProgress<long> progress, CancellationToken cancellation) =>
        Readers.TryGetValue(format, out var read) ? () => read(stream, progress, cancellation) : null;
}
