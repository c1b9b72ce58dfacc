using Npgsql;
using PyBase.Core.Accounts;

namespace PyBase.Storage.Accounts;

/// <summary>Somebody with an account, as others see them; <paramref name="Role"/> is what they are in the base that was asked about, if anything.</summary>
public sealed record BasePerson(string Id, string Email, string Name, Role? Role);

/// <summary>Names for the ids that rows hold: bases may live in another database than the catalog.</summary>
public sealed class BasePeople(NpgsqlDataSource catalog)
{
    /// <summary>Those of the ids that have an account, by id.</summary>
    public async Task<IReadOnlyDictionary<string, BasePerson>> FindAsync(string baseId, IEnumerable<string> ids, CancellationToken cancellation)
    {
        var people = new Dictionary<string, BasePerson>();
        var wanted = ids.Distinct().ToArray();
        if (wanted.Length == 0)
            return people;
        await using var command = catalog.CreateCommand("""
            select u.id, u.email, u.name, m.role from catalog.users u
            left join catalog.bases b on b.id = $2 left join catalog.members m on m.workspace_id = b.workspace_id and m.user_id = u.id
            where u.id = any($1)
            """);
        command.Parameters.Add(new() { Value = wanted });
        command.Parameters.Add(new() { Value = baseId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            people[row.GetString(0)] = new(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : Roles.Parse(row.GetString(3)));
        return people;
    }
}
