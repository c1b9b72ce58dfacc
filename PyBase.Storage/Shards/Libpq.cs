using Npgsql;

namespace PyBase.Storage.Shards;

/// <summary>A connection string as PostgreSQL itself reads it, for subscriptions and foreign servers (https://www.postgresql.org/docs/15/libpq-connect.html).</summary>
static class Libpq
{
    /// <summary>The parts that say where to; who goes there is apart.</summary>
    public static IEnumerable<(string Name, string Value)> Place(string connectionString)
    {
        var from = new NpgsqlConnectionStringBuilder(connectionString);
        yield return ("host", from.Host ?? "127.0.0.1");
        yield return ("port", $"{from.Port}");
        yield return ("dbname", from.Database ?? from.Username ?? "postgres");
        if (from.ShouldSerialize("SSL Mode"))
            yield return ("sslmode", from.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() });
        // Not for ever: what waits for the first shard is tried again.
        yield return ("connect_timeout", "5");
    }

    /// <summary>Whoever goes there.</summary>
    public static IEnumerable<(string Name, string Value)> Person(string connectionString)
    {
        var from = new NpgsqlConnectionStringBuilder(connectionString);
        if (from.Username is { } name)
            yield return ("user", name);
        if (from.Password is { } password)
            yield return ("password", password);
    }

    /// <summary><c>host='…' port='…'</c>.</summary>
    public static string Of(string connectionString) => string.Join(' ', Place(connectionString).Concat(Person(connectionString))
        .Select(part => $"{part.Name}='{part.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'"));

    /// <summary>As a literal of SQL.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
