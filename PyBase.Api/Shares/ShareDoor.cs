using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Core.Shares;
using PyBase.Storage.Schema;
using PyBase.Storage.Shares;

namespace PyBase.Api.Shares;

/// <summary>A visitor at the end of a link.</summary>
sealed record ShareVisit(WorkingShare Working, BaseSchema Schema)
{
    public Share Share => Working.Share;

    /// <summary>The shared view with its table; null when it is gone.</summary>
    public (Table Table, View View)? FindView() =>
        Schema.Tables.FirstOrDefault(t => t.Views.Any(v => v.Id == Share.ThingId)) is { } table ? (table, table.FindView(Share.ThingId)!) : null;
}

/// <summary>The one way in by a link: counted by address, the same answer for every link that does not work, and the password before anything else is said.</summary>
sealed class ShareDoor(ShareStore shares, SchemaStore schemas, ShareLimits limits, ShareGrants grants)
{
    /// <summary>The header that stands for the password.</summary>
    public const string GrantHeader = "PyBase-Share-Grant";

    public async Task<Result<ShareVisit>> EnterAsync(HttpContext context, string secret, ShareKind? kind = null, bool sendsForm = false)
    {
        if (!(await FindAsync(context, secret, sendsForm)).TryGet(out var share, out var error))
            return error;
        if (kind is not null && share.Share.Kind != kind)
            return ShareErrors.NotFound;
        if (share.PasswordHash is not null && !grants.IsGranted(share, context.Request.Headers[GrantHeader].ToString()))
            return ShareErrors.PasswordNeeded;
        var known = schemas.Known(share.Share.BaseId);
        var schema = known is not null && (known.Epoch, known.Version) == (share.Epoch, share.SchemaVersion) ? known : await schemas.FindAsync(share.Share.BaseId, context.RequestAborted);
        return schema is null ? ShareErrors.NotFound : new ShareVisit(share, schema);
    }

    /// <summary>A grant for who knows the password.</summary>
    public async Task<Result<string>> UnlockAsync(HttpContext context, string secret, string password)
    {
        if (!(await FindAsync(context, secret, sendsForm: false)).TryGet(out var share, out var error))
            return error;
        if (share.PasswordHash is null)
            return grants.Grant(share);
        var from = context.Connection.RemoteIpAddress;
        if (limits.Guesses.Begin(from, share.Share.Id) is { } wait)
            return TooMany(context, wait);
        if (!await shares.OpensAsync(share, password, context.RequestAborted))
            return ShareErrors.PasswordWrong;
        limits.Guesses.TakeBack(from, share.Share.Id);
        return grants.Grant(share);
    }

    async Task<Result<WorkingShare>> FindAsync(HttpContext context, string secret, bool sendsForm)
    {
        var from = context.Connection.RemoteIpAddress;
        if ((limits.Begin(from, sendsForm) ?? limits.Guesses.Begin(from)) is { } wait)
            return TooMany(context, wait);
        if (await shares.FindAsync(secret, context.RequestAborted) is not { } share)
            return ShareErrors.NotFound;
        limits.Guesses.TakeBack(from);
        return share;
    }

    static Error TooMany(HttpContext context, TimeSpan wait)
    {
        ShareLimits.Say(context, wait);
        return ShareErrors.TooMany;
    }
}
