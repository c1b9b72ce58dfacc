namespace PyBase.Standalone.Embedded;

/// <summary>
/// What a distributed installation gets from outside and Standalone brings along: PostgreSQL, Redis, a place for files. Each part that is given
/// by a setting is left out; the rest of the program sees connection strings and nothing else.
/// </summary>
sealed class EmbeddedParts : IAsyncDisposable
{
    readonly DataDirectory? _data;
    PostgresProcess? _postgres;
    GarnetCache? _cache;

    EmbeddedParts(DataDirectory? data) => _data = data;

    /// <summary>To be added to the configuration before services are built from it.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Ends with an error when a part is gone for good, and the application should stop.</summary>
    public Task Lost => _postgres?.Lost ?? Task.Delay(Timeout.Infinite);

    /// <exception cref="EmbeddedPartException">A part cannot run; the message tells the person at the terminal why.</exception>
    public static async Task<EmbeddedParts> StartAsync(StandaloneOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var parts = new EmbeddedParts(options is { Postgres: not null, FilesGiven: true } ? null : DataDirectory.Open(options.Data));
        try
        {
            await Task.WhenAll(
                options.Postgres is null ? parts.StartPostgresAsync(logger, cancellationToken) : Task.CompletedTask,
                options.Cache is null ? Task.Run(parts.StartCache, cancellationToken) : Task.CompletedTask);
            if (!options.FilesGiven)
                parts.Settings["Files:Path"] = parts._data!.MakeFiles();
            return parts;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _cache?.Dispose();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _data?.Dispose();
    }

    async Task StartPostgresAsync(ILogger logger, CancellationToken cancellationToken)
    {
        _postgres = await PostgresProcess.StartAsync(
            new PostgresSettings { DataDirectory = _data!.Postgres, PasswordFile = _data.PasswordFile }, logger, cancellationToken);
        await _postgres.EnsureDatabaseAsync("pybase", cancellationToken);
        lock (Settings)
            Settings["ConnectionStrings:pybase"] = _postgres.ConnectionString("pybase");
    }

    void StartCache()
    {
        _cache = GarnetCache.Start();
        lock (Settings)
            Settings["ConnectionStrings:cache"] = _cache.ConnectionString;
    }
}
