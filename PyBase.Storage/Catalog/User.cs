using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PyBase.Storage.Catalog;

/// <summary>Somebody with an account.</summary>
public sealed class User
{
    /// <summary><c>usr…</c></summary>
    public required string Id { get; init; }

    /// <summary>The address as it was typed.</summary>
    public required string Email { get; set; }

    /// <summary>The address as it is compared: one account each.</summary>
    public required string NormalisedEmail { get; set; }

    /// <summary>What others see.</summary>
    public required string Name { get; set; }

    /// <summary>PBKDF2, in the format of ASP.NET Core Identity.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Is in each session cookie: a new one ends all sessions.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>Runs the installation; the first account, and only one.</summary>
    public bool IsInstallationOwner { get; init; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedTime { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> user)
        {
            user.ToTable("users");
            user.Property(u => u.Id).UseCollation("C");
            user.Property(u => u.NormalisedEmail).UseCollation("C");
            user.HasIndex(u => u.NormalisedEmail).IsUnique();
            // Whatever races: a second installation owner cannot be stored.
            user.HasIndex(u => u.IsInstallationOwner).IsUnique().HasFilter("is_installation_owner");
        }
    }
}
