using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PyBase.Core.Accounts;

namespace PyBase.Storage.Catalog;

/// <summary>A user's place in a workspace.</summary>
public sealed class Member
{
    /// <summary>Where.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>Who.</summary>
    public required string UserId { get; init; }

    /// <summary>As what.</summary>
    public required Role Role { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset CreatedTime { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> member)
        {
            member.ToTable("members", table => table.HasCheckConstraint("ck_members_role", RoleColumn.Check));
            member.HasKey(m => new { m.WorkspaceId, m.UserId });
            member.Property(m => m.WorkspaceId).UseCollation("C");
            member.Property(m => m.UserId).UseCollation("C");
            member.Property(m => m.Role).HasConversion(RoleColumn.Conversion).UseCollation("C");
            member.HasOne<Workspace>().WithMany().HasForeignKey(m => m.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
            member.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
