using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Api.Bases;

/// <summary>A table that somebody may see, with its definitions as they may know them and its version of now.</summary>
sealed record FoundTable(BaseSchema Schema, Table Table, long Version, Role Role, Reader Reader);

/// <summary>The way to a table for who reads: role, definitions and version are one question, as long as the definitions known here are those of now.</summary>
sealed class TableDoor(RecordReader reader, SchemaStore schemas, BaseDoor door)
{
    /// <param name="context">Who asks.</param>
    /// <param name="baseId"><c>app…</c></param>
    /// <param name="table">Id or name, as it stands in the path.</param>
    /// <param name="permission">What for.</param>
    public async Task<Result<FoundTable>> FindAsync(HttpContext context, string baseId, string table, Permission permission)
    {
        var (asker, name) = (BaseDoor.AskerOf(context), PathName.Of(table));
        var schema = schemas.Known(baseId);
        while (true)
        {
            var found = schema?.Find(name);
            var entry = await reader.EntryAsync(asker, baseId, found?.Id ?? "", context.RequestAborted);
            if (BaseDoor.Refuse(context, entry, permission) is { } refused)
                return refused;
            if (schema is not null && (entry.Epoch, entry.SchemaVersion) == (schema.Epoch, schema.Version))
                return found is null ? SchemaErrors.ModelNotFound : (await door.ReaderAsync(context, baseId, entry.Role!.Value, permission)).Then<FoundTable>(who =>
                    schema.For(who) is var seen ? new FoundTable(seen, seen.Find(found.Id)!.SeenBy(who.UserId), entry.Version, entry.Role.Value, who) : SchemaErrors.ModelNotFound);
            if ((schema = await schemas.FindAsync(baseId, context.RequestAborted)) is null)
                return SchemaErrors.ModelNotFound;
        }
    }
}
