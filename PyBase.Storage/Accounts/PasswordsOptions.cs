using System.ComponentModel.DataAnnotations;

namespace PyBase.Storage.Accounts;

/// <summary>Section <c>Passwords</c>.</summary>
public sealed class PasswordsOptions
{
    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512. The default is OWASP's figure (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html); who has faster machines asks for more. A stored hash says
    /// its own, so that those before a change still open, and is made anew at the next sign-in where it has fewer.
    /// </summary>
    [Range(10_000, 100_000_000)]
    public int Iterations { get; set; } = 210_000;
}
