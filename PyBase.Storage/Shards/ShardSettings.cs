using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using PyBase.Storage.Catalog;
using PyBase.Storage.Files;

namespace PyBase.Storage.Shards;

/// <summary>The shards that there are, and which one this process belongs to: settings <c>Shard</c> and <c>Shards</c>, the same for all processes but for the first.</summary>
public sealed partial class ShardSettings
{
    /// <summary>Reads them; a shard whose name could not be part of PostgreSQL's names is refused at once.</summary>
    public ShardSettings(IConfiguration configuration)
    {
        Here = configuration["Shard"] is { Length: > 0 } name ? name : BaseEntry.MainShard;
        All = [.. configuration.GetSection("Shards").GetChildren().Select(Read)];
        foreach (var shard in All.Select(s => s.Name).Append(Here).Where(shard => !Name().IsMatch(shard)))
            throw new InvalidOperationException($"'{shard}' is no name of a shard: up to 20 lower-case letters and digits.");
        if (!IsMain && Find(BaseEntry.MainShard)?.Database is null)
            throw new InvalidOperationException($"The connection string of the first shard is missing: set Shards:{BaseEntry.MainShard} (environment: Shards__{BaseEntry.MainShard}), since shard '{Here}' borrows its people.");
    }

    /// <summary>The shard of this process; <c>main</c> where nothing is said.</summary>
    public string Here { get; }

    /// <summary>This process belongs to the first shard, where people sign in and the list of all bases is.</summary>
    public bool IsMain => Here == BaseEntry.MainShard;

    /// <summary>All that the settings name.</summary>
    public IReadOnlyList<Shard> All { get; }

    /// <summary>There is more than this one.</summary>
    public bool AreSeveral => All.Any(shard => shard.Name != Here);

    /// <summary>Those that are not this one and answer somewhere.</summary>
    public IEnumerable<Shard> Others => All.Where(shard => shard.Name != Here && shard.Url is not null);

    /// <summary>Null when the settings name none such.</summary>
    public Shard? Find(string name) => All.FirstOrDefault(shard => shard.Name == name);

    /// <summary>
    /// Asks for somebody. In a further shard people come by replication, moments after the first has let them in: who is not there yet is asked for again, for a second.
    /// </summary>
    internal async Task<T?> FindPersonAsync<T>(Func<Task<T?>> ask, CancellationToken cancellation) where T : class
    {
        var found = await ask();
        for (var tries = 0; found is null && !IsMain && tries < 10; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            found = await ask();
        }
        return found;
    }

    static Shard Read(IConfigurationSection section) => new(section.Key, section.Value is { Length: > 0 } database ? database : null, section.GetValue<Uri?>("Url"),
        section.GetValue("TakesNewBases", section.Key == BaseEntry.MainShard), section.GetSection("Files").Get<FileStoreOptions>());

    [GeneratedRegex("^[a-z][a-z0-9]{0,19}$")]
    private static partial Regex Name();
}
