using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PyBase.Storage.Catalog;

/// <summary>
/// At most one row, while there is no account: the code that the first sign-up needs. In the catalog, so that whichever
/// process behind a load balancer is asked knows the code that any of them logged.
/// </summary>
public sealed class Setup
{
    /// <summary>Always true, and the key.</summary>
    public bool Only { get; init; } = true;

    /// <summary>As it is logged. Worth nothing once there is an account.</summary>
    public required string Code { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Setup>
    {
        public void Configure(EntityTypeBuilder<Setup> setup)
        {
            setup.ToTable("setup", table => table.HasCheckConstraint("ck_setup_only", "only_one"));
            setup.HasKey(s => s.Only);
            setup.Property(s => s.Only).HasColumnName("only_one").ValueGeneratedNever();
        }
    }
}
