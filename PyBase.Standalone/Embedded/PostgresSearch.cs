namespace PyBase.Standalone.Embedded;

/// <summary>
/// Finds PostgreSQL: <c>$PYBASE_PG_BIN</c>, the PATH, the places packages install to (highest version first), the npm package. A data directory that exists
/// decides the major version, wherever its binaries come in that order.
/// </summary>
sealed class PostgresSearch(ServerAccount account, ILogger logger)
{
    public async Task<PostgresBinaries> FindAsync(int? major, CancellationToken cancellationToken)
    {
        List<PostgresBinaries> passedOver = [];
        foreach (var folder in Folders())
        {
            if (await PostgresBinaries.ProbeAsync(folder, account, cancellationToken) is not { } found)
                continue;
            if (major is null ? found.Major >= PostgresBinaries.OldestMajor : found.Major == major)
                return found;
            passedOver.Add(found);
        }
        if (major is null or NpmPostgres.Major)
            return await NpmPostgres.InstallAsync(account, logger, cancellationToken);
        throw new EmbeddedPartException(
            $"The data directory was made by PostgreSQL {major}, and only PostgreSQL {major} can open it. Found: {Describe(passedOver)}. "
            + $"Install PostgreSQL {major} (Debian, Ubuntu: apt install postgresql-{major}) or name the folder of its programs in PYBASE_PG_BIN.");
    }

    static string Describe(List<PostgresBinaries> found) =>
        found is [] ? "none" : string.Join(", ", found.Select(binaries => $"{binaries.Major} in {binaries.Folder}"));

    static IEnumerable<string> Folders()
    {
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Given().Concat(path.Select(Real)).Concat(Installed()).Distinct();
    }

    static IEnumerable<string> Given()
    {
        if (Environment.GetEnvironmentVariable("PYBASE_PG_BIN") is not { Length: > 0 } given)
            yield break;
        if (Directory.Exists(given) is false || Directory.GetFiles(given, "initdb*") is [])
            throw new EmbeddedPartException($"PYBASE_PG_BIN names {given}, where there is no PostgreSQL. It should be the folder of postgres, initdb and pg_ctl.");
        yield return Path.GetFullPath(given);
    }

    /// <summary>The PATH often holds a link to one program; its neighbours are where the link points.</summary>
    static string Real(string folder)
    {
        try
        {
            var program = new FileInfo(Path.Combine(folder, "postgres"));
            return (program.Exists ? program.ResolveLinkTarget(returnFinalTarget: true)?.FullName : null) is { } real ? Path.GetDirectoryName(real)! : folder;
        }
        catch (IOException)
        {
            return folder;
        }
    }

    static IEnumerable<string> Installed()
    {
        // Debian and Ubuntu, Red Hat, Homebrew on both kinds of Mac
        foreach (var (parent, prefix, bin) in new[]
        {
            ("/usr/lib/postgresql", "", "bin"),
            ("/usr", "pgsql-", "bin"),
            ("/opt/homebrew/opt", "postgresql@", "bin"),
            ("/usr/local/opt", "postgresql@", "bin"),
        })
        {
            if (!Directory.Exists(parent))
                continue;
            foreach (var folder in Directory.EnumerateDirectories(parent, prefix + "*")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder)[prefix.Length..], out var version) ? version : 0))
                yield return Path.Combine(folder, bin);
        }
    }
}
