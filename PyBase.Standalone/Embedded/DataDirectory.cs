namespace PyBase.Standalone.Embedded;

/// <summary>
/// The folder of one installation: <c>postgres/</c>, <c>postgres.password</c>, <c>files/</c>. Held by one process at a time. The lock is the kernel's (flock):
/// it goes with its holder, so nothing is left behind by <c>kill -9</c>.
/// </summary>
sealed class DataDirectory : IDisposable
{
    const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly FileStream _lock;

    DataDirectory(string root, FileStream held) => (Root, _lock) = (root, held);

    public string Root { get; }

    public string Postgres => Path.Combine(Root, "postgres");

    public string PasswordFile => Path.Combine(Root, "postgres.password");

    public static DataDirectory Open(string root)
    {
        try
        {
            if (!Directory.Exists(root))
                Create(root);
            return new DataDirectory(root, Hold(root));
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new EmbeddedPartException($"The data directory {root} cannot be used: {refused.Message} Choose another with --data DIR.", refused);
        }
    }

    /// <summary>The folder for files, closed to other users.</summary>
    public string MakeFiles() => Make(Path.Combine(Root, "files"), Owner);

    public void Dispose() => _lock.Dispose();

    // The database's user must pass through a folder of root's, and need not list it.
    static string Create(string root) =>
        Make(root, ServerAccount.RunsAsRoot ? Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Owner);

    static string Make(string folder, UnixFileMode mode) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, mode)).FullName;

    static FileStream Hold(string root)
    {
        var holder = Path.Combine(root, "pybase.pid");
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(root, "pybase.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or FileNotFoundException))
        {
            var who = File.Exists(holder) ? $" (process {File.ReadAllText(holder).Trim()})" : "";
            throw new EmbeddedPartException($"Another PyBase{who} is using the data directory {root}. Stop it, or choose another directory with --data DIR.", taken);
        }
        File.WriteAllText(holder, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return held;
    }
}
