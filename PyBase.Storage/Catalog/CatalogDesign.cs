using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using PyBase.Storage.Connections;

namespace PyBase.Storage.Catalog;

/// <summary>For <c>dotnet ef migrations add</c>, which reads the model and connects to nothing.</summary>
sealed class CatalogDesign : IDesignTimeDbContextFactory<CatalogContext>
{
    public CatalogContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CatalogContext>();
        options.UseCatalog(NpgsqlDataSource.Create("Host=localhost;Database=pybase"));
        return new(options.Options);
    }
}
