using System.ComponentModel;
using System.Diagnostics;

namespace PyBase.AppHost.Tests;

/// <summary>How the servers can be started on this machine: a container runtime that answers, else installed binaries, else not at all.</summary>
static class ContainerRuntime
{
    public static async Task<string?> ModeAsync(CancellationToken stop) =>
        await AnswersAsync("docker", stop) || await AnswersAsync("podman", stop) ? "containers"
        : OnPath("redis-server") && OnPath("rabbitmq-server") && Installed("/usr/lib/postgresql") ? "executables"
        : null;

    /// <summary>The command may be there without its engine.</summary>
    static async Task<bool> AnswersAsync(string command, CancellationToken stop)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, "info") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            await process.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromSeconds(10), stop);
            await output;
            return process.ExitCode == 0;
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException)
        {
            return false;
        }
    }

    static bool OnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, command)));

    static bool Installed(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "initdb", SearchOption.AllDirectories).Any();
}
