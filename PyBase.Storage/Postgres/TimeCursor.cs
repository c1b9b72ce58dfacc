using System.Globalization;
using PyBase.Core.Ids;

namespace PyBase.Storage.Postgres;

/// <summary>Where a list by time goes on: the last one's moment in microseconds, as PostgreSQL keeps them, and the id that tells twins apart.</summary>
static class TimeCursor
{
    public static string Seal(DateTimeOffset created, string id) => $"itr{(created - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}/{id}";

    /// <summary>False for what was not made here; nothing for an empty one, which is the beginning.</summary>
    public static bool TryOpen(string? offset, string prefix, out (DateTimeOffset Created, string Id)? last)
    {
        last = null;
        if (string.IsNullOrEmpty(offset))
            return true;
        if (offset.Length > 60 || !offset.StartsWith("itr", StringComparison.Ordinal) || offset.IndexOf('/', StringComparison.Ordinal) is not (> 3 and var slash)
            || !long.TryParse(offset.AsSpan(3, slash - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) || microseconds > 200_000_000_000_000_000
            || !Id.Is(offset[(slash + 1)..], prefix))
            return false;
        last = (DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), offset[(slash + 1)..]);
        return true;
    }
}
