using PyBase.Api.Bases;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Records;

/// <summary>A planned list on its way in: the headers of its answer, or why there is none.</summary>
sealed class ListEntry(HttpContext context, BaseSchema schema, RecordQuery query, ListRequest asked, FoundTable? place = null, bool isStream = false)
{
    public BaseSchema Schema => schema;

    public RecordQuery Query => query;

    public CellFormat Format { get; } = RecordsApi.Format(context) with { Display = asked.Display };

    /// <summary>The rows are to be read.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Why they are not; null when the definitions are older than the base, so that the list is to be planned again.</summary>
    public Error? Refused { get; private set; }

    /// <summary>What to say instead of rows; null in that case too.</summary>
    public IResult? Answer { get; private set; }

    /// <summary>Lets the caller in, or not; comes before the first row of an answer and names what it is made of.</summary>
    public bool Judge(TableEntry entry)
    {
        if (JudgeAgain(entry) && (Refused = Versions.Behind(context, query.Table.Id, entry.Version)) is null)
        {
            if (entry.Stale.Count > 0)
                context.Response.Headers["PyBase-Stale"] = string.Join(", ", entry.Stale);
            if (!Versions.IsKnown(context, schema, query.Table.Id, entry.Version, query.Fields, !isStream && query.FollowsVersion && asked.Display is null))
                return true;
            Answer = Results.StatusCode(StatusCodes.Status304NotModified);
        }
        else if (Refused is not null)
            Answer = RecordLists.Refusal(Refused);
        return IsOpen = false;
    }

    /// <summary>Lets the caller go on, or not.</summary>
    public bool JudgeAgain(TableEntry entry)
    {
        Refused = BaseDoor.Refuse(context, entry, Permission.ReadRecords);
        // With another role other rules bind, and the list is to be planned again.
        return IsOpen = Refused is null && entry.Epoch == schema.Epoch && entry.SchemaVersion == schema.Version && (place is null || entry.Role == place.Role);
    }
}
