using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace PyBase.Storage.Catalog;

/// <summary>
/// The catalog: who there is, what they may enter, and where each base lives. One per installation, in schema
/// <c>catalog</c> of the database <c>pybase</c>. Tables and records of bases are not EF Core's business.
/// </summary>
public sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>Everybody with an account.</summary>
    public DbSet<User> Users => Set<User>();

    /// <summary>All workspaces.</summary>
    public DbSet<Workspace> Workspaces => Set<Workspace>();

    /// <summary>Who is in which workspace, as what.</summary>
    public DbSet<Member> Members => Set<Member>();

    /// <summary>Personal access tokens.</summary>
    public DbSet<Token> Tokens => Set<Token>();

    /// <summary>Places kept for people who have no account yet.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();

    /// <summary>All bases and where they live.</summary>
    public DbSet<BaseEntry> Bases => Set<BaseEntry>();

    /// <summary>The code of the first sign-up.</summary>
    public DbSet<Setup> Setups => Set<Setup>();

    /// <summary>Keys that sign the session cookies; here, so that any process reads any other's cookie.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.HasDefaultSchema("catalog").ApplyConfigurationsFromAssembly(typeof(CatalogContext).Assembly);
}
