namespace PyBase.Core.Shares;

/// <summary>What a link leads to.</summary>
public enum ShareKind
{
    /// <summary>The rows of a view.</summary>
    View,
    /// <summary>A form to fill in.</summary>
    Form,
}

/// <summary>A link under which somebody without an account sees one thing of a base; the link itself is nowhere, only its hash.</summary>
/// <param name="Id"><c>shr…</c>, which says nothing about the link.</param>
/// <param name="BaseId">Whose thing it is.</param>
/// <param name="Kind">What it leads to.</param>
/// <param name="ViewId">The view, or the form that it is.</param>
/// <param name="HasPassword">It asks for one.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedTime">When.</param>
/// <param name="Expires">From then on it leads nowhere.</param>
/// <param name="Revoked">Likewise; null while it was not.</param>
public sealed record Share(string Id, string BaseId, ShareKind Kind, string ViewId, bool HasPassword, string CreatedBy, DateTimeOffset CreatedTime, DateTimeOffset Expires, DateTimeOffset? Revoked)
{
    /// <summary>How long a link works when nobody says how long.</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromDays(90);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(731);

    /// <summary>Most links of a base, those that have ended not counted.</summary>
    public const int MaxShares = 1_000;

    /// <summary><c>view</c> or <c>form</c>.</summary>
    public static string NameOf(ShareKind kind) => kind is ShareKind.Form ? "form" : "view";

    /// <summary>The kind of that name.</summary>
    public static ShareKind KindOf(string name) => name == "form" ? ShareKind.Form : ShareKind.View;
}
