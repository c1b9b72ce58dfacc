using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PyBase.Storage.Catalog;

/// <summary>Where a base belongs and lives. What is in it is in its own database, which may be another one.</summary>
public sealed class BaseEntry
{
    /// <summary>The database of the catalog itself.</summary>
    public const string MainShard = "main";

    /// <summary><c>app…</c>, and the name of its schema.</summary>
    public required string Id { get; init; }

    /// <summary>Whose members may enter.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>What people call it; need not be unique.</summary>
    public required string Name { get; set; }

    /// <summary>The database: <c>main</c>, or a name from the settings <c>Shards:{name}</c>.</summary>
    public string Shard { get; set; } = MainShard;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedTime { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<BaseEntry>
    {
        public void Configure(EntityTypeBuilder<BaseEntry> entry)
        {
            entry.ToTable("bases");
            entry.Property(b => b.Id).UseCollation("C");
            entry.Property(b => b.WorkspaceId).UseCollation("C");
            entry.Property(b => b.Shard).UseCollation("C").HasDefaultValue(MainShard);
            // A workspace with bases is not deleted by accident: their schemas would stay behind.
            entry.HasOne<Workspace>().WithMany().HasForeignKey(b => b.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
