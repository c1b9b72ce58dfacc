using System.Text;
using PyBase.Core.Jobs;
using PyBase.Extraction;
using PyBase.Extraction.Pictures;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Workers.Extractions;
using PyBase.Workers.Jobs;
using PyBase.Workers.Programs;

namespace PyBase.Workers.Pictures;

/// <summary>Draws what a file looks like: drawings as SVG, the first page of a PDF with poppler where it is installed, of others what is in them.</summary>
sealed class DrawPicture(FileStore files, FilePictures pictures) : IJobWork
{
    public string Kind => FilePictures.Kind;

    const long LargestPdf = 256L * 1024 * 1024;

    static readonly Lazy<BoundedProgram?> Pages = new(() => BoundedProgram.Find("pdftoppm"));

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        await using var stream = files.OpenRead(work.Sha256!);
        var format = await ExtractDrawing.SniffAsync(stream, work.FileName!, run.Cancellation);
        // Readers are synchronous and busy: they get a thread of their own for the while.
        if (await Task.Run(() => Draw(format, stream, run), run.Cancellation) is not var (mediaType, content))
            return new JobOutcome(JobState.Failed, [], new JobError("picture-unavailable", "There is no picture of files of this kind.", null));
        using var picture = new MemoryStream(content, writable: false);
        if (await files.WriteAsync(picture, run.Cancellation) is not { } stored)
            return new JobOutcome(JobState.Failed, [], new JobError("picture-unavailable", "The picture is larger than a file may be.", null));
        await pictures.KeepAsync(work.Id, mediaType, stored, run.Cancellation);
        return new JobOutcome(JobState.Succeeded, []);
    }

    /// <summary>There is nothing to take back.</summary>
    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);

    static (string MediaType, byte[] Content)? Draw(FileFormat format, Stream stream, JobRun run)
    {
        if (format is FileFormat.Dxf or FileFormat.DxfBinary or FileFormat.Dwg)
            return Svg(DrawingPicture.Svg(stream, format, null, run.Cancellation).Svg);
        if (format is FileFormat.Pdf && Page(stream, run.Cancellation) is { } page)
            return ("image/png", page);
        stream.Position = 0;
        return FileReaders.For(format, stream, new Progress<long>(), run.Cancellation) is { } read ? Svg(ResultPicture.Svg(read(), run.Lease.Work.FileName!)) : null;
    }

    static byte[]? Page(Stream stream, CancellationToken cancellation)
    {
        if (Pages.Value is not { } program || stream.Length > LargestPdf)
            return null;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return program.Run(["-png", "-f", "1", "-l", "1", "-singlefile", "-scale-to", "1200", "-"], content, cancellation) is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] and var png ? png : null;
    }

    static (string, byte[]) Svg(string svg) => ("image/svg+xml", Encoding.UTF8.GetBytes(svg));
}
