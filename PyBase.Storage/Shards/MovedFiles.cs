using Npgsql;
using PyBase.Storage.Files;

namespace PyBase.Storage.Shards;

/// <summary>The files that rows of a moving base name, where the other shard has a store of its own; contents that are there already are left.</summary>
sealed class MovedFiles(NpgsqlConnection rows, FileStore from, FileStore to, string baseId)
{
    readonly HashSet<string> there = new(StringComparer.Ordinal);

    /// <summary>How many were copied.</summary>
    public int Copied { get; private set; }

    /// <summary>Copies what is missing. What is damaged or missing where it comes from is so afterwards, too.</summary>
    public async Task CopyAsync(CancellationToken cancellation)
    {
        foreach (var (sha256, size) in await NamedAsync(cancellation))
            if (there.Add(sha256) && Convert.FromHexString(sha256) is var content && !await to.HasAsync(content, size, cancellation) && await FileMove.CopyAsync(from, to, content, cancellation))
                Copied++;
    }

    /// <summary>Rows name a content that was not looked at.</summary>
    public async Task<bool> AreNewAsync(CancellationToken cancellation) => (await NamedAsync(cancellation)).Any(file => !there.Contains(file.Sha256));

    async Task<List<(string Sha256, long Size)>> NamedAsync(CancellationToken cancellation)
    {
        var named = new List<(string, long)>();
        if (ReferenceEquals(from, to))
            return named;
        await using var command = new NpgsqlCommand("""
            select encode(sha256, 'hex'), max(size) from (
                select sha256, size from pybase.files where base = $1 union all
                select p.sha256, p.size from pybase.pictures p join pybase.files f on f.id = p.file where f.base = $1 and p.sha256 is not null) named
            group by sha256
            """, rows) { Parameters = { new() { Value = baseId } } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            named.Add((row.GetString(0), row.IsDBNull(1) ? -1 : row.GetInt64(1)));
        return named;
    }
}
