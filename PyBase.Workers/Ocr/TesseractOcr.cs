using System.Diagnostics;
using System.Globalization;
using PyBase.Extraction.Pdf.Ocr;

namespace PyBase.Workers.Ocr;

/// <summary>
/// Reads pictures with the program tesseract: a child process without a shell, with limits of time and memory, that ends when this
/// process ends.
/// </summary>
public sealed class TesseractOcr : IOcr
{
    const long MostOutput = 64L * 1024 * 1024;

    readonly string program;

    TesseractOcr(string program, string version) => (this.program, Engine) = (program, version);

    /// <inheritdoc/>
    public string Engine { get; }

    /// <summary>Languages as tesseract names them: <c>eng+deu</c>.</summary>
    public string Languages { get; init; } = "eng";

    /// <summary>Time for one page.</summary>
    public TimeSpan Limit { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>Address space of the program in bytes.</summary>
    public long MaxMemory { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>The program as it is installed; null when it is not.</summary>
    public static TesseractOcr? Find(string program = "tesseract")
    {
        if (Locate(program) is not { } path)
            return null;
        using var process = new Process { StartInfo = new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var line = process.StandardOutput.ReadLine();
        if (!process.WaitForExit(5000))
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
        // Versions before 5 write it to the other stream.
        line = string.IsNullOrWhiteSpace(line) ? error.GetAwaiter().GetResult().Split('\n')[0] : line;
        return process.ExitCode == 0 && line.Trim().Length > 0 ? new TesseractOcr(path, line.Trim()) : null;
    }

    /// <summary>The same with another time for a page.</summary>
    public TesseractOcr With(TimeSpan limit) => new(program, Engine) { Languages = Languages, MaxMemory = MaxMemory, Limit = limit };

    /// <inheritdoc/>
    public OcrPage? Read(OcrImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var process = new Process { StartInfo = Start(image) };
        process.Start();
        using var kill = limit.Token.Register(() => Kill(process));
        var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var input = Task.Run(() => Feed(process, image), CancellationToken.None);
        using var output = new MemoryStream();
        var buffer = new byte[32 * 1024];
        for (int got; (got = process.StandardOutput.BaseStream.Read(buffer)) > 0;)
        {
            if (output.Length + got > MostOutput)
                Kill(process);
            else
                output.Write(buffer, 0, got);
        }
        process.WaitForExit();
        input.GetAwaiter().GetResult();
        errors.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0 ? new OcrPage(TesseractTable.Read(System.Text.Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length))) : null;
    }

    ProcessStartInfo Start(OcrImage image)
    {
        List<string> command = [];
        // The kernel ends the program with the thread that started it, and refuses it more memory.
        if (Locate("setpriv") is { } withParent)
            command.AddRange([withParent, "--pdeathsig", "KILL"]);
        if (Locate("prlimit") is { } bounded)
            command.AddRange([bounded, $"--as={MaxMemory.ToString(CultureInfo.InvariantCulture)}", "--"]);
        command.AddRange([program, "stdin", "stdout", "-l", Languages, "--dpi", image.Dpi.ToString(CultureInfo.InvariantCulture), "tsv"]);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        return start;
    }

    static void Feed(Process process, OcrImage image)
    {
        try
        {
            using var stream = process.StandardInput.BaseStream;
            stream.Write(image.Data.Span);
        }
        catch (IOException)
        {
            // The program ended first; its exit code tells.
        }
    }

    static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    static string? Locate(string name) => Path.IsPathRooted(name)
        ? File.Exists(name) ? name : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
