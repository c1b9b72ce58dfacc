using System.Diagnostics;

namespace PyBase.Standalone.Embedded;

/// <summary>Whom a server process runs as. PostgreSQL refuses to run as root, so root runs it as somebody else; everybody else as themselves.</summary>
sealed record ServerAccount(string? User)
{
    public static readonly ServerAccount Own = new((string?)null);

    public static bool RunsAsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public static ServerAccount ForNewData() => RunsAsRoot ? new(IsKnown("postgres") ? "postgres" : "nobody") : Own;

    /// <summary>A cluster must be opened by the user who owns it: a <c>postgres</c> user who came later changes nothing for it.</summary>
    public static async Task<ServerAccount> OwnerOfAsync(string directory, CancellationToken cancellationToken)
    {
        if (!RunsAsRoot)
            return Own;
        var owner = await Command.RunAsync("stat", ["-c", "%U", directory], Own, cancellationToken);
        return owner is { Succeeded: true, Output: not ("root" or "UNKNOWN") } ? new(owner.Output) : ForNewData();
    }

    public static bool IsKnown(string user) =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ":", StringComparison.Ordinal));

    public void ApplyTo(ProcessStartInfo start)
    {
        // Root's current directory is often one that nobody else may enter.
        start.WorkingDirectory = Path.GetPathRoot(Path.GetFullPath("."))!;
        if (User is not null)
            start.UserName = User;
    }

    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (User is null)
            return;
        var change = await Command.RunAsync("chown", ["-R", User + ":", path], Own, cancellationToken);
        if (!change.Succeeded)
            throw new EmbeddedPartException($"{path} cannot be given to the user {User}, as whom PostgreSQL runs: {change.Output}");
    }

    public async Task<bool> MayEnterAsync(string directory, CancellationToken cancellationToken) =>
        User is null || (await Command.RunAsync("test", ["-x", directory], this, cancellationToken)).Succeeded;
}
