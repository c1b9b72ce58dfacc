using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PyBase.Core.Accounts;

namespace PyBase.Storage.Catalog;

/// <summary>A place in a workspace kept for an address that has no account yet.</summary>
public sealed class Invitation
{
    /// <summary><c>inv…</c></summary>
    public required string Id { get; init; }

    /// <summary>Where to.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>The address as it is compared; nobody else can accept.</summary>
    public required string NormalisedEmail { get; init; }

    /// <summary>As what.</summary>
    public required Role Role { get; init; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Seven days after it was made.</summary>
    public DateTimeOffset Expires { get; init; }

    /// <summary>Who invited; null once that account is gone.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedTime { get; init; }

    /// <summary>When it was used: it works once.</summary>
    public DateTimeOffset? AcceptedTime { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> invitation)
        {
            invitation.ToTable("invitations", table => table.HasCheckConstraint("ck_invitations_role", RoleColumn.Check));
            invitation.Property(i => i.Id).UseCollation("C");
            invitation.Property(i => i.WorkspaceId).UseCollation("C");
            invitation.Property(i => i.NormalisedEmail).UseCollation("C");
            invitation.Property(i => i.CreatedBy).UseCollation("C");
            invitation.Property(i => i.Role).HasConversion(RoleColumn.Conversion).UseCollation("C");
            invitation.HasIndex(i => i.Hash).IsUnique();
            // Inviting again replaces the link that was not used.
            invitation.HasIndex(i => new { i.WorkspaceId, i.NormalisedEmail }).IsUnique().HasFilter("accepted_time is null");
            invitation.HasOne<Workspace>().WithMany().HasForeignKey(i => i.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
            invitation.HasOne<User>().WithMany().HasForeignKey(i => i.CreatedBy).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
