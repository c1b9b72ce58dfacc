namespace PyBase.Standalone.Embedded;

/// <summary>What the person who starts Standalone may decide; everything has a default.</summary>
sealed record StandaloneOptions
{
    /// <summary>Where database and files live (<c>--data DIR</c>).</summary>
    /// <value><c>./.pybase</c>; as root <c>/var/lib/pybase</c>, which another user's database can reach.</value>
    public required string Data { get; init; }

    /// <summary>A given PostgreSQL switches the embedded one off.</summary>
    public string? Postgres { get; init; }

    /// <summary>A given Redis switches Garnet off.</summary>
    public string? Cache { get; init; }

    /// <summary>Whether <c>Files:Path</c> or <c>Files:S3</c> is given; otherwise files lie in the data directory.</summary>
    public bool FilesGiven { get; init; }

    public static StandaloneOptions From(IConfiguration configuration) => new()
    {
        Data = Path.GetFullPath(Blank(configuration["data"]) ?? DefaultData),
        Postgres = Blank(configuration.GetConnectionString("pybase")),
        Cache = Blank(configuration.GetConnectionString("cache")),
        FilesGiven = Blank(configuration["Files:Path"]) is not null || configuration.GetSection("Files:S3").Exists(),
    };

    static string DefaultData => ServerAccount.RunsAsRoot ? "/var/lib/pybase" : "./.pybase";

    static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
