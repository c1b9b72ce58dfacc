using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace PyBase.Tests.Support;

/// <summary>
/// A table as a client keeps it: loaded once, then kept by the feed. It subscribes first and loads then; what comes meanwhile waits. Any break of the
/// promise (each version once, in order) is noted in <see cref="Faults"/>, and healed as a real client would.
/// </summary>
public sealed class TableMirror : IAsyncDisposable
{
    readonly Person _person;
    readonly string _baseId;
    readonly Dictionary<string, JsonObject> _rows = [];
    readonly List<string> _faults = [];
    CancellationTokenSource _end = null!;
    bool _stopped = true;
    HubConnection _connection;
    IDisposable[] _handlers = [];
    Task _following = Task.CompletedTask;
    long? _known;
    long _told;
    long _answered;

    TableMirror(Person person, string baseId, string tableId, HubConnection connection) => (_person, _baseId, Id, _connection) = (person, baseId, tableId, connection);

    public string Id { get; }

    /// <summary>The version of the rows held.</summary>
    public long Version => Interlocked.Read(ref _told) is var told && _known is { } known ? Math.Max(known, told) : 0;

    /// <summary>How often all rows were loaded.</summary>
    public int Loads { get; private set; }

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_faults)
                return [.. _faults];
        }
    }

    /// <summary>Follows the feed; ends with an error when a load failed, and then wants another connection.</summary>
    public Task Following => _following;

    /// <summary>Hears of each message when it comes.</summary>
    public Action<JsonNode> Heard { get; init; } = _ => { };

    /// <summary>For a test of tests: it does not ask for what it missed while it had no connection.</summary>
    public bool LeavesGaps { get; init; }

    public static async Task<TableMirror> OpenAsync(
        Person person, string baseId, string tableId, HubConnection connection, Action<JsonNode>? heard = null, bool leavesGaps = false)
    {
        var mirror = new TableMirror(person, baseId, tableId, connection) { Heard = heard ?? (_ => { }), LeavesGaps = leavesGaps };
        await mirror.FollowAsync(connection);
        return mirror;
    }

    /// <summary>Goes on over another connection with the version it has.</summary>
    public async Task ReconnectAsync(HubConnection connection)
    {
        await StopAsync();
        await FollowAsync(connection);
    }

    /// <summary>Waits until a version has been told.</summary>
    public async Task ReachAsync(long version, TimeSpan? limit = null)
    {
        using var patience = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(20));
        while (Version < version)
        {
            if (_following.IsFaulted)
                await _following;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"{Id} is at {Version}, not at {version}");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>Compares with a fresh load, when the feed has brought everything.</summary>
    public async Task CheckAsync(TimeSpan? limit = null) => await CheckAsync(await LoadAsync(_person, _baseId, Id), limit);

    /// <summary>The same with a load that others share.</summary>
    public async Task CheckAsync((long Version, Dictionary<string, JsonObject> Rows) fresh, TimeSpan? limit = null)
    {
        await ReachAsync(fresh.Version, limit);
        await StopAsync();
        Assert.Empty(Faults);
        Assert.Equal(fresh.Version, Version);
        Assert.Equal(Spell(fresh.Rows), Spell(_rows));
    }

    /// <summary>All rows, keyed by field id, and the version that they have at least.</summary>
    public static async Task<(long Version, Dictionary<string, JsonObject> Rows)> LoadAsync(Person person, string baseId, string tableId)
    {
        long? version = null;
        var rows = new Dictionary<string, JsonObject>();
        for (string? offset = ""; offset is not null;)
        {
            using var response = await person.Client.GetAsync($"/v0/{baseId}/{tableId}?returnFieldsByFieldId=true&pageSize=1000&offset={Uri.EscapeDataString(offset)}");
            // As a base that is between two databases answers.
            if (response.StatusCode is System.Net.HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null)
            {
                await Task.Delay(100);
                continue;
            }
            version ??= long.Parse(response.Headers.GetValues("PyBase-Version").Single().Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
            var page = await Person.ReadAsync(response, System.Net.HttpStatusCode.OK);
            foreach (var record in page["records"]!.AsArray())
                rows[(string)record!["id"]!] = record["fields"]!.DeepClone().AsObject();
            offset = (string?)page["offset"];
        }
        return (version!.Value, rows);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
    }

    async Task FollowAsync(HubConnection connection)
    {
        _connection = connection;
        (_end, _stopped) = (new(), false);
        var inbox = Channel.CreateUnbounded<JsonNode>();
        _handlers =
        [
            connection.On<JsonNode>("Changes", message => Post(inbox.Writer, message)),
            connection.On<JsonNode>("Reload", message => Post(inbox.Writer, message)),
        ];
        await SubscribeAsync();
        _following = RunAsync(inbox.Reader, _end.Token);
    }

    void Post(ChannelWriter<JsonNode> inbox, JsonNode message)
    {
        if ((string)message["id"]! != Id)
            return;
        Heard(message);
        inbox.TryWrite(message);
    }

    async Task SubscribeAsync()
    {
        var answer = await _connection.InvokeAsync<JsonNode>("Subscribe", Id, LeavesGaps ? null : _known);
        var version = (long)answer["version"]!;
        if (LeavesGaps && _known is not null)
            _known = version;
        else if (_known is null || (bool)answer["reload"]!)
            await ReloadAsync();
        else
        {
            Apply(answer["changes"]!.AsArray());
            _known = version;
        }
        _answered = version;
        Interlocked.Exchange(ref _told, version);
    }

    async Task RunAsync(ChannelReader<JsonNode> inbox, CancellationToken end)
    {
        await foreach (var message in inbox.ReadAllAsync(end))
        {
            var version = (long)message["version"]!;
            if (message["changes"] is not JsonArray changes)
            {
                await ReloadAsync();
                Interlocked.Exchange(ref _told, version);
                continue;
            }
            var from = (long)message["from"]!;
            if (version <= _told)
            {
                // Told before the answer to Subscribe, which had it already.
                if (_told != _answered)
                    Note($"{Id}: {from}..{version} came again after {_told}");
                continue;
            }
            if (from != _told + 1)
            {
                Note($"{Id}: {from}..{version} came after {_told}");
                try
                {
                    await SubscribeAsync();
                }
                catch (Exception gone) when (gone is InvalidOperationException or OperationCanceledException && _connection.State != HubConnectionState.Connected)
                {
                    // The connection ended first; the next one heals it.
                    return;
                }
                continue;
            }
            if (changes.Any(c => (string)c!["kind"]! == "manyChanged"))
                await ReloadAsync();
            else if (version > _known)
            {
                Apply(changes);
                _known = version;
            }
            Interlocked.Exchange(ref _told, version);
        }
    }

    async Task ReloadAsync()
    {
        var (version, rows) = await LoadAsync(_person, _baseId, Id);
        _rows.Clear();
        foreach (var (id, fields) in rows)
            _rows[id] = fields;
        _known = version;
        Loads++;
    }

    void Apply(JsonArray changes)
    {
        foreach (var change in changes)
            switch ((string)change!["kind"]!)
            {
                case "recordsCreated":
                    foreach (var record in change["records"]!.AsArray())
                        _rows[(string)record!["id"]!] = record["fields"]!.DeepClone().AsObject();
                    break;
                case "cellsChanged":
                    foreach (var record in change["records"]!.AsArray())
                        if (_rows.TryGetValue((string)record!["id"]!, out var row))
                            foreach (var (field, cell) in record["fields"]!.AsObject())
                                if (cell is null)
                                    row.Remove(field);
                                else
                                    row[field] = cell.DeepClone();
                    break;
                case "recordsDeleted":
                    foreach (var id in change["ids"]!.AsArray())
                        _rows.Remove((string)id!);
                    break;
                case "fieldRemoved":
                    foreach (var row in _rows.Values)
                        row.Remove((string)change["id"]!);
                    break;
            }
    }

    void Note(string fault)
    {
        lock (_faults)
            _faults.Add(fault);
    }

    async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        foreach (var handler in _handlers)
            handler.Dispose();
        _handlers = [];
        await _end.CancelAsync();
        try
        {
            await _following;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
        _following = Task.CompletedTask;
        _end.Dispose();
    }

    static IEnumerable<string> Spell(Dictionary<string, JsonObject> rows) => rows.OrderBy(r => r.Key, StringComparer.Ordinal)
        .Select(r => r.Key + " " + string.Join(", ", r.Value.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}: {f.Value?.ToJsonString()}")));
}
