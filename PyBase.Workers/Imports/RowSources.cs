using PyBase.Core.Imports;
using PyBase.Extraction;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Rows;
using PyBase.Storage.Files;
using PyBase.Workers.Extractions;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Imports;

/// <summary>Any file that an import reads as rows: itself a file of rows, or a drawing, of which one table is taken.</summary>
sealed class RowSources(FileStore files)
{
    /// <summary>What of a drawing people mean by its rows, the best first.</summary>
    static readonly string[] Wanted = ["bom", "parts", "elements"];

    public RowFile Open(JobRun run, ImportRequest request)
    {
        var work = run.Lease.Work;
        var format = FormatOf(work.Sha256!, work.FileName!);
        // Of a sheet the parts list is asked for by name; a sheet of that name comes first.
        if (format is FileFormat.Json or FileFormat.Unknown || (format is FileFormat.Csv or FileFormat.Xlsx && request.Sheet != "bom"))
            return RowFile.Open(() => files.OpenRead(work.Sha256!), work.FileName!,
                new RowOptions { Encoding = request.Encoding, Delimiter = request.Delimiter, Quote = request.Quote, HasHeader = request.HasHeader, Sheet = request.Sheet }, run.Cancellation);
        var result = Extract(run, work.Sha256!, work.FileName!);
        var tables = result.Tables.Where(table => table.RowCount > 0).ToList();
        var table = request.Sheet is { } kind ? tables.FirstOrDefault(each => each.Kind == kind) ?? throw new RowsBrokenException(RowFindingCode.SheetMissing, $"The file has no table \"{kind}\". It has: {string.Join(", ", tables.Select(each => each.Kind))}.")
            : Wanted.Select(result.Table).FirstOrDefault(each => each is { RowCount: > 0 }) ?? tables.MaxBy(each => each.RowCount) ?? throw new RowsBrokenException(FindingCode.EmptyFile, "Nothing was found in the file that could become rows.");
        return RowFile.Of(result, table, [.. table.Columns.Select(NameOf)]);
    }

    /// <summary>All that a reader of drawings and parts lists finds in a file.</summary>
    /// <exception cref="RowsBrokenException">There is no reader, or it found a part of the content only.</exception>
    public ExtractionResult Extract(JobRun run, byte[] sha256, string name)
    {
        var format = FormatOf(sha256, name);
        using var stream = files.OpenRead(sha256);
        var progress = new Reading(run);
        var result = FileReaders.For(format, stream, progress, run.Cancellation) is { } read ? read() : throw new RowsBrokenException(RowFindingCode.NotRows, "Files of this kind are not read.");
        return result.Findings.FirstOrDefault(finding => finding.Severity is FindingSeverity.Error) is { } error ? throw new RowsBrokenException(error.Code, error.Message) : result;
    }

    FileFormat FormatOf(byte[] sha256, string name)
    {
        var start = new byte[FormatSniffer.BytesWanted];
        using var stream = files.OpenRead(sha256);
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return FormatSniffer.Sniff(start.AsSpan(0, length), name);
    }

    static string NameOf(TableColumn column) => column.Unit is { } unit ? $"{FieldNames.Of(column.Key)} ({unit})" : FieldNames.Of(column.Key);

    sealed class Reading(JobRun run) : IProgress<long>
    {
        public void Report(long value) => run.Report(value, run.Lease.Work.FileSize, "reading");
    }
}
