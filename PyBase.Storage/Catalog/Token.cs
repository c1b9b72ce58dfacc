using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PyBase.Storage.Catalog;

/// <summary>A personal access token. Whoever reads this table cannot use it: the secret is not in it.</summary>
public sealed class Token
{
    /// <summary><c>tok…</c></summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string UserId { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token. Its 256 random bits need no slow hash.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What it is restricted to; none is everything its user may.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>When it stops working; null is never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedTime { get; init; }

    /// <summary>When it last worked, to the minute.</summary>
    public DateTimeOffset? LastUsedTime { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Token>
    {
        public void Configure(EntityTypeBuilder<Token> token)
        {
            token.ToTable("tokens");
            token.Property(t => t.Id).UseCollation("C");
            token.Property(t => t.UserId).UseCollation("C");
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
