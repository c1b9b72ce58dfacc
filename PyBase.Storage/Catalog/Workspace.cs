using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PyBase.Storage.Catalog;

/// <summary>People and the bases they share.</summary>
public sealed class Workspace
{
    /// <summary><c>wsp…</c></summary>
    public required string Id { get; init; }

    /// <summary>What people call it; need not be unique.</summary>
    public required string Name { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedTime { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Workspace>
    {
        public void Configure(EntityTypeBuilder<Workspace> workspace)
        {
            workspace.ToTable("workspaces");
            workspace.Property(w => w.Id).UseCollation("C");
        }
    }
}
