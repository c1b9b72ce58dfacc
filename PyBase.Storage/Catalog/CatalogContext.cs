using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace PyBase.Storage.Catalog;

/// <summary>
/// The catalog: who there is, what they may enter, and where each base lives. One per installation, in schema
/// <c>catalog</c> of the database <c>pybase</c>. Tables and records of bases are not EF Core's business.
/// </summary>
public sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>Keys that sign the session cookies; here, so that any process reads any other's cookie.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.HasDefaultSchema("catalog");
}
