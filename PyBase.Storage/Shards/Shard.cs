using PyBase.Storage.Files;

namespace PyBase.Storage.Shards;

/// <summary>
/// A database with bases and the processes that serve it. The first one, <c>main</c>, is the installation as it always is; each further one is a PyBase of its own
/// (database, queues, files, processes) that has no people: it borrows those of the first.
/// </summary>
/// <param name="Name">Lower-case letters and digits; <c>main</c> is the first.</param>
/// <param name="Database">Connection string, past any pooler: <c>Shards:{name}</c>.</param>
/// <param name="Url">Where its Apis answer, for the other shards: <c>Shards:{name}:Url</c>.</param>
/// <param name="TakesNewBases"><c>Shards:{name}:TakesNewBases</c>; where nothing is said, the first takes them all.</param>
/// <param name="Files">Its store, for bases that move there: <c>Shards:{name}:Files</c>, as section <c>Files</c> of its own processes; null where it shares that of the others.</param>
public sealed record Shard(string Name, string? Database, Uri? Url, bool TakesNewBases, FileStoreOptions? Files);
