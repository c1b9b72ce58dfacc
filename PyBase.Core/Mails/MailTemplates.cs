namespace PyBase.Core.Mails;

/// <summary>What PyBase writes to people: every mail there is, each once.</summary>
public static class MailTemplates
{
    /// <summary>To an address without an account, which somebody wants in a workspace.</summary>
    public const string Invitation = "invitation";

    /// <summary>To whoever forgot a password.</summary>
    public const string PasswordReset = "password-reset";

    /// <summary>To a new account: is the address yours?</summary>
    public const string Confirmation = "confirmation";

    /// <summary>What an automation says, in its own words.</summary>
    public const string Automation = "automation";

    /// <summary>What somebody was told and has not read: what stands in it is looked up when it leaves (<see cref="NotificationLetter"/>).</summary>
    public const string Notifications = "notifications";

    /// <summary>The mail that is asked for; <paramref name="link"/> is where its button leads.</summary>
    public static Mail Write(MailRequest request, string link) => (request.Template switch
    {
        Invitation => new Letter($"{request.Inviter} invites you to {request.Workspace}",
            [$"{request.Inviter} invites you to work in \"{request.Workspace}\" on PyBase."], "Join the workspace", link,
            "The invitation is for this address, works once and ends after seven days. If you do not know who sent it, do nothing."),
        PasswordReset => new Letter("Set a new password",
            ["Somebody, probably you, asked for a new password for your PyBase account."], "Set a new password", link,
            "The link works once and ends after an hour. If it was not you, do nothing: your password stays as it is."),
        Confirmation => new Letter("Is this your address?",
            ["An account on PyBase was made with this address. Confirm that it is yours."], "Confirm the address", link,
            "The link works once and ends after three days. If you have not made an account, do nothing."),
        Automation => new Letter(request.Subject ?? "", (request.Body ?? "").ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries), null, link, request.Reason ?? ""),
        _ => throw new ArgumentException($"There is no mail \"{request.Template}\".", nameof(request)),
    }).Write();
}
