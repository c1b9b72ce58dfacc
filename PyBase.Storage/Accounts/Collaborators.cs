using System.Collections.Concurrent;
using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Storage.Accounts;

/// <summary>
/// The people of a base's cells: one statement at most once a minute, and only where a field shows them. So another name is seen within a minute; who came
/// a moment ago can be named at once, as a name that is not known is looked up again.
/// </summary>
public sealed class Collaborators(NpgsqlDataSource database, TimeProvider clock)
{
    static readonly TimeSpan Age = TimeSpan.FromMinutes(1);
    const int MaxBases = 1_000;

    readonly ConcurrentDictionary<string, (People People, long Loaded)> known = new();

    /// <summary>The people of the base, when they are known here.</summary>
    public People? Known(string baseId) => known.TryGetValue(baseId, out var entry) && clock.GetElapsedTime(entry.Loaded) < Age ? entry.People : null;

    /// <summary>Members of the base's workspace, and those who were.</summary>
    public async Task<People> LoadAsync(string baseId, CancellationToken cancellation)
    {
        var loaded = clock.GetTimestamp();
        await using var command = database.CreateCommand("""
            select u.id, u.email, u.name, bool_or(person.is_member) from catalog.bases b
            cross join lateral (
                select user_id, true as is_member from catalog.members where workspace_id = b.workspace_id
                union all select user_id, false from pybase.former_members where workspace_id = b.workspace_id) person
            join catalog.users u on u.id = person.user_id where b.id = $1 group by u.id
            """);
        command.Parameters.Add(new() { Value = baseId });
        var everybody = new List<Collaborator>();
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                everybody.Add(new Collaborator(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)));
        var people = new People(everybody);
        if (known.Count >= MaxBases)
            known.Clear();
        known[baseId] = (people, loaded);
        return people;
    }

    /// <summary>The format with the people in it, when one of the fields shows some.</summary>
    public async ValueTask<CellFormat> FormatAsync(string baseId, IReadOnlyList<Field> fields, CellFormat format, CancellationToken cancellation) =>
        format.People is null && fields.Any(f => f.Type is IShowsPeople) ? format with { People = Known(baseId) ?? await LoadAsync(baseId, cancellation) } : format;

    /// <summary>
    /// Runs a write with the people that are known; when it needs them and they are not, or it names somebody who is not among them, once more with those of now.
    /// </summary>
    public async Task<Result<T>> KnowingAsync<T>(string baseId, CellFormat format, Func<CellFormat, Task<Result<T>>> write, CancellationToken cancellation)
    {
        var first = await write(format with { People = Known(baseId) });
        return first.Error is UnknownCollaborator ? await write(format with { People = await LoadAsync(baseId, cancellation) }) : first;
    }

    /// <summary>The table, when the people are there whom its cells may show; what <see cref="KnowingAsync"/> answers by loading them otherwise.</summary>
    public static Result<Table> Ready(Table table, CellFormat format) =>
        format.People is null && table.Fields.FirstOrDefault(f => f.Type is IShowsPeople) is { } field ? CellErrors.UnknownCollaborator(field.Name, "") : table;
}
