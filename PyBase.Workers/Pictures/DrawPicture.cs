using System.Globalization;
using System.Text;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Extraction;
using PyBase.Extraction.Pictures;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Workers.Extractions;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Pictures;

/// <summary>Draws what a file looks like: layouts of drawings as SVG, pages of a PDF with poppler where it is installed, of others what is in them.</summary>
sealed class DrawPicture(FileStore files, FilePictures pictures) : IJobWork
{
    public string Kind => FilePictures.Kind;

    const long LargestPdf = 256L * 1024 * 1024;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        var sheet = (await run.Lease.ReadInputAsync(run.Cancellation)).GetText("sheet") ?? "";
        await using var stream = files.OpenRead(work.Sha256!);
        var format = await ExtractDrawing.SniffAsync(stream, work.FileName!, run.Cancellation);
        // Readers are synchronous and busy: they get a thread of their own for the while.
        if (await Task.Run(() => Draw(format, stream, sheet, run), run.Cancellation) is not { } drawn)
            return new JobOutcome(JobState.Failed, [], new JobError("picture-unavailable", "There is no picture of files of this kind.", null));
        using var picture = new MemoryStream(drawn.Content, writable: false);
        if (await files.WriteAsync(picture, run.Cancellation) is not { } stored)
            return new JobOutcome(JobState.Failed, [], new JobError("picture-unavailable", "The picture is larger than a file may be.", null));
        await pictures.KeepAsync(work.Id, drawn.MediaType, stored, drawn.Sheets, run.Cancellation);
        return new JobOutcome(JobState.Succeeded, []);
    }

    /// <summary>There is nothing to take back.</summary>
    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);

    sealed record Drawn(string MediaType, byte[] Content, IReadOnlyList<string> Sheets);

    static Drawn? Draw(FileFormat format, Stream stream, string sheet, JobRun run)
    {
        if (format is FileFormat.Dxf or FileFormat.DxfBinary or FileFormat.Dwg)
        {
            var picture = DrawingPicture.Svg(stream, format, new PictureOptions { Layout = sheet.Length > 0 ? sheet : null }, run.Cancellation);
            return sheet.Length == 0 || picture.Shown.Equals(sheet, StringComparison.OrdinalIgnoreCase) ? Svg(picture.Svg, picture.Layouts) : null;
        }
        if (format is FileFormat.Pdf && Page(stream, sheet, run.Cancellation) is { } page)
            return page;
        if (sheet.Length > 0)
            return null;
        stream.Position = 0;
        return FileReaders.For(format, stream, new Progress<long>(), run.Cancellation) is { } read ? Svg(ResultPicture.Svg(read(), run.Lease.Work.FileName!), []) : null;
    }

    static Drawn? Page(Stream stream, string sheet, CancellationToken cancellation)
    {
        var number = 1;
        if (stream.Length > LargestPdf || (sheet.Length > 0 && !int.TryParse(sheet, NumberStyles.None, CultureInfo.InvariantCulture, out number)))
            return null;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return PageDrawing.Draw(content, number, cancellation) is var (png, pages)
            ? new Drawn("image/png", png, [.. Enumerable.Range(1, pages).Select(page => page.ToString(CultureInfo.InvariantCulture))]) : null;
    }

    static Drawn Svg(string svg, IReadOnlyList<string> sheets) => new("image/svg+xml", Encoding.UTF8.GetBytes(svg), sheets);
}
