using System.Globalization;
using System.Security.Cryptography;

namespace PyBase.Standalone.Embedded;

/// <summary>The files of a database server: found or made, with the programs that can open them and the user who owns them.</summary>
sealed record PostgresCluster(string DataDirectory, string Password, PostgresBinaries Binaries, ServerAccount Account)
{
    public static async Task<PostgresCluster> OpenAsync(PostgresSettings settings, ILogger logger, CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(settings.DataDirectory);
        return Made(directory)
            ? await OpenExistingAsync(directory, settings.PasswordFile, logger, cancellationToken)
            : await MakeAsync(directory, settings.PasswordFile, logger, cancellationToken);
    }

    static bool Made(string directory) => File.Exists(Path.Combine(directory, "PG_VERSION"));

    static async Task<PostgresCluster> OpenExistingAsync(string directory, string passwordFile, ILogger logger, CancellationToken cancellationToken)
    {
        var major = int.Parse(await File.ReadAllTextAsync(Path.Combine(directory, "PG_VERSION"), cancellationToken), CultureInfo.InvariantCulture);
        if (!File.Exists(passwordFile))
            throw new EmbeddedPartException($"{passwordFile} is missing: without it the database in {directory} stays closed. Put it back from a backup.");
        var account = await ServerAccount.OwnerOfAsync(directory, cancellationToken);
        var binaries = await new PostgresSearch(account, logger).FindAsync(major, cancellationToken);
        return new(directory, (await File.ReadAllTextAsync(passwordFile, cancellationToken)).Trim(), binaries, account);
    }

    static async Task<PostgresCluster> MakeAsync(string directory, string passwordFile, ILogger logger, CancellationToken cancellationToken)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new EmbeddedPartException($"{directory} holds files, but no database. Empty it or choose another data directory with --data DIR.");

        var account = ServerAccount.ForNewData();
        var parent = Path.GetDirectoryName(directory)!;
        if (!await account.MayEnterAsync(parent, cancellationToken))
            throw new EmbeddedPartException(
                $"PostgreSQL does not run as root, and the user {account.User} may not enter {parent}. Choose a data directory which everybody may pass through with --data DIR.");

        var binaries = await new PostgresSearch(account, logger).FindAsync(null, cancellationToken);
        var password = await NewPasswordAsync(passwordFile, account, cancellationToken);

        // initdb works beside and the folder is renamed when it is whole: one that was killed half-way is never taken for a database.
        var part = directory + ".part";
        if (Directory.Exists(part))
            Directory.Delete(part, recursive: true);
        Directory.CreateDirectory(part);
        await account.OwnAsync(part, cancellationToken);
        var made = await InitAsync(binaries, part, passwordFile, "C.UTF-8", account, cancellationToken);
        if (!made.Succeeded && made.Output.Contains("locale", StringComparison.Ordinal))
            made = await InitAsync(binaries, part, passwordFile, "C", account, cancellationToken);
        if (!made.Succeeded)
            throw new EmbeddedPartException($"PostgreSQL's initdb could not make {directory}: {made.Output}");
        if (Directory.Exists(directory))
            Directory.Delete(directory);
        Directory.Move(part, directory);
        return new(directory, password, binaries, account);
    }

    static Task<Command.Outcome> InitAsync(
        PostgresBinaries binaries, string directory, string passwordFile, string locale, ServerAccount account, CancellationToken cancellationToken) =>
        Command.RunAsync(binaries.Initdb,
            ["-D", directory, "-U", PostgresSettings.User, "-A", "scram-sha-256", "--pwfile", Path.GetFullPath(passwordFile), "-E", "UTF8", $"--locale={locale}"],
            account, cancellationToken);

    /// <summary>In a file and nowhere else: arguments and environment can be read by other users.</summary>
    static async Task<string> NewPasswordAsync(string file, ServerAccount account, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetHexString(40, lowercase: true);
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(file, options))
            await writer.WriteLineAsync(password.AsMemory(), cancellationToken);
        await account.OwnAsync(file, cancellationToken);
        return password;
    }
}
