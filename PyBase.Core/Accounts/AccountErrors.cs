using PyBase.Core.Errors;

namespace PyBase.Core.Accounts;

/// <summary>Refusals about signing in, tokens, workspaces and members.</summary>
public static class AccountErrors
{
    /// <summary>Neither a session nor a token, or one that has ended.</summary>
    public static readonly Error NotSignedIn = new("not-signed-in", ErrorKind.Unauthenticated,
        "Nobody is signed in.", "Sign in, or send a token as Authorization: Bearer pat….");

    /// <summary>Signed in, and still not allowed.</summary>
    public static readonly Error NotPermitted = new("not-permitted", ErrorKind.Forbidden,
        "Your role does not allow this.", "Ask an owner or admin of the workspace.");

    /// <summary>A write with the session cookie from somewhere that cannot set headers, such as another site's form.</summary>
    public static readonly Error ClientHeaderMissing = new("client-header-missing", ErrorKind.Forbidden,
        "A write with the session cookie needs the header PyBase-Client.", "Send PyBase-Client with any value; it shows that no other site sent the request.");

    /// <summary>The token is restricted to other things.</summary>
    public static Error ScopeMissing(string scope) => new("scope-missing", ErrorKind.Forbidden,
        $"The token lacks the scope {scope}.", "Make a token with this scope.");

    /// <summary>Managing accounts takes a session or a token that is not restricted: else a narrow token could make itself a wide one.</summary>
    public static readonly Error ScopeTooNarrow = new("scope-too-narrow", ErrorKind.Forbidden,
        "A token with scopes or limits cannot manage tokens, workspaces or members.", "Sign in, or use a token without either.");

    /// <summary>Unknown address or wrong password: which, is not said.</summary>
    public static readonly Error InvalidCredentials = new("invalid-credentials", ErrorKind.Unauthenticated,
        "The e-mail address or the password is wrong.", "Check both; passwords distinguish upper and lower case.");

    /// <summary>Wrong too often in a row.</summary>
    public static readonly Error TooManyAttempts = new("too-many-attempts", ErrorKind.TooMany,
        "Too many failed attempts.", "Wait for the seconds in Retry-After.");

    /// <summary>The form has faults.</summary>
    public static Error InvalidSignUp(IReadOnlyList<FieldFault> faults) => new("invalid-sign-up", ErrorKind.Invalid,
        "The account cannot be made like this.", "Correct the fields in errors.") { Faults = faults };

    /// <summary>One account for each address.</summary>
    public static readonly Error EmailTaken = new("email-taken", ErrorKind.Conflict,
        "There is an account with this e-mail address already.", "Sign in instead.");

    /// <summary><c>Accounts:SignUp</c> is <c>invited</c>, as it is by default once there is an account.</summary>
    public static readonly Error SignUpByInvitation = new("sign-up-by-invitation", ErrorKind.Forbidden,
        "New accounts need an invitation here.", "Ask an owner or admin of a workspace to invite you.");

    /// <summary><c>Accounts:SignUp</c> is <c>closed</c>.</summary>
    public static readonly Error SignUpClosed = new("sign-up-closed", ErrorKind.Forbidden,
        "New accounts are not made here.", "Ask whoever runs this installation.");

    /// <summary>The first account of an installation that others can reach.</summary>
    public static readonly Error SetupCodeWrong = new("setup-code-wrong", ErrorKind.Forbidden,
        "The first account needs the set-up code.", "The server writes it to its log when it starts.");

    /// <summary>Unknown, used or expired.</summary>
    public static readonly Error InvitationNotFound = new("invitation-not-found", ErrorKind.NotFound,
        "This invitation does not exist, was used, or has expired.", "Ask for a new one; they last seven days.");

    /// <summary>The link was passed on.</summary>
    public static readonly Error InvitationForAnotherAddress = new("invitation-for-another-address", ErrorKind.Forbidden,
        "This invitation is for another e-mail address.", "Use the address that was invited.");

    /// <summary>A token's name, scopes or expiry.</summary>
    public static Error InvalidToken(IReadOnlyList<FieldFault> faults) => new("invalid-token", ErrorKind.Invalid,
        "The token cannot be made like this.", "Correct the fields in errors.") { Faults = faults };

    /// <summary>No such token of this user.</summary>
    public static readonly Error TokenNotFound = new("token-not-found", ErrorKind.NotFound,
        "You have no token with this id.", "GET /api/tokens lists yours.");

    /// <summary>No such session of this user.</summary>
    public static readonly Error SessionNotFound = new("session-not-found", ErrorKind.NotFound,
        "You have no session with this id.", "GET /api/sessions lists those that are open.");

    /// <summary><c>Accounts:SignUp</c> is <c>domains</c>.</summary>
    public static readonly Error SignUpByDomain = new("sign-up-by-domain", ErrorKind.Forbidden,
        "New accounts need an e-mail address of this organisation, or an invitation.", "Use the address that your organisation gave you.");

    /// <summary>The password was right, and a code is owed: the answer carries a ticket for the second step.</summary>
    public static readonly Error SecondFactorNeeded = new("second-factor-needed", ErrorKind.Unauthenticated,
        "A code of the authenticator app is needed too.", "POST /api/auth/sign-in/second-factor with the ticket and the code, or a recovery code.");

    /// <summary>The code is wrong, was used, or the ticket has expired: which, is not said.</summary>
    public static readonly Error CodeWrong = new("code-wrong", ErrorKind.Invalid,
        "The code is wrong, was used already, or came too late.", "Wait for the next code; after five minutes sign in anew.");

    /// <summary>What needs the password again did not get it.</summary>
    public static readonly Error PasswordWrong = new("password-wrong", ErrorKind.Invalid,
        "The password is wrong.", "This takes your password again.");

    /// <summary>Enrolled twice.</summary>
    public static readonly Error SecondFactorIsOn = new("second-factor-is-on", ErrorKind.Conflict,
        "A second factor is on already.", "Turn it off first to use another app.");

    /// <summary>Nothing to turn off, and nothing to have recovery codes for.</summary>
    public static readonly Error SecondFactorIsOff = new("second-factor-is-off", ErrorKind.Conflict,
        "No second factor is on.", "POST /api/auth/second-factor begins.");

    /// <summary><c>Accounts:SecondFactor</c> is <c>required</c>.</summary>
    public static readonly Error SecondFactorRequired = new("second-factor-required", ErrorKind.Forbidden,
        "This installation asks for a second factor.", "Set one up: POST /api/auth/second-factor.");

    /// <summary>Somebody took the account out of use.</summary>
    public static readonly Error AccountDeactivated = new("account-deactivated", ErrorKind.Forbidden,
        "This account is not in use any more.", "Ask whoever runs this installation.");

    /// <summary>The settings name no such provider.</summary>
    public static readonly Error ProviderNotFound = new("provider-not-found", ErrorKind.NotFound,
        "There is no such provider to sign in with.", "GET /api/auth/providers lists them.");

    /// <summary>The provider refused, or what it sent could not be believed; the log says what.</summary>
    public static readonly Error ExternalSignInFailed = new("external-sign-in-failed", ErrorKind.Unauthenticated,
        "Signing in with the provider failed.", "Try again; the server's log says what was wrong.");

    /// <summary>Nobody knows this identity, and its address proves nothing.</summary>
    public static readonly Error ExternalAddressUnverified = new("external-address-unverified", ErrorKind.Forbidden,
        "The provider has not verified your e-mail address.", "Verify it there, and sign in again.");

    /// <summary>A workspace's name.</summary>
    public static Error InvalidWorkspace(IReadOnlyList<FieldFault> faults) => new("invalid-workspace", ErrorKind.Invalid,
        "The workspace cannot be made like this.", "Correct the fields in errors.") { Faults = faults };

    /// <summary>None, or none that the user is a member of.</summary>
    public static readonly Error WorkspaceNotFound = new("workspace-not-found", ErrorKind.NotFound,
        "There is no such workspace, or you are not a member of it.", "GET /api/workspaces lists yours.");

    /// <summary>A member's address or role.</summary>
    public static Error InvalidMember(IReadOnlyList<FieldFault> faults) => new("invalid-member", ErrorKind.Invalid,
        "The member cannot be added like this.", "Correct the fields in errors.") { Faults = faults };

    /// <summary>Nobody with an account, or not any more.</summary>
    public static readonly Error PersonNotFound = new("person-not-found", ErrorKind.NotFound, "There is no such person.", "GET /api/people lists them.");

    /// <summary>An installation has an owner.</summary>
    public static readonly Error InstallationOwnerStays = new("installation-owner-stays", ErrorKind.Conflict, "The owner of the installation cannot be erased.");

    /// <summary>No such member or open invitation.</summary>
    public static readonly Error MemberNotFound = new("member-not-found", ErrorKind.NotFound,
        "The workspace has no such member.", "GET …/members lists them.");

    /// <summary>Invited twice.</summary>
    public static readonly Error AlreadyMember = new("already-member", ErrorKind.Conflict,
        "They are a member already.", "Change their role instead.");

    /// <summary>A workspace always has an owner.</summary>
    public static readonly Error LastOwner = new("last-owner", ErrorKind.Conflict,
        "The last owner cannot leave or be given another role.", "Make somebody else an owner first.");

    /// <summary>Only owners make, change and remove owners.</summary>
    public static readonly Error OwnersOnly = new("owners-only", ErrorKind.Forbidden,
        "Only an owner may make somebody an owner, or change or remove one.", "Ask an owner of the workspace.");

    /// <summary>Another password for an account.</summary>
    public static Error InvalidPassword(IReadOnlyList<FieldFault> faults) => new("invalid-password", ErrorKind.Invalid,
        "The password cannot be set.", "Correct the fields in errors.") { Faults = faults };

    /// <summary>Of a mail to the account: unknown, used or expired.</summary>
    public static readonly Error LinkNotFound = new("link-not-found", ErrorKind.NotFound,
        "This link does not exist, was used, or has expired.", "Ask for a new one.");
}
