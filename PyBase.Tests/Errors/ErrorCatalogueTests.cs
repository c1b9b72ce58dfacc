using System.Globalization;
using System.Reflection;
using System.Text;
using PyBase.Api.Errors;
using PyBase.Core.Errors;
using PyBase.Extraction;
using PyBase.Tests.Support;

namespace PyBase.Tests.Errors;

/// <summary><c>docs/errors.md</c> is made from the code; this test makes it, and fails when the page is another one.</summary>
public sealed class ErrorCatalogueTests
{
    [Fact]
    public void The_page_lists_every_error()
    {
        var page = Path.Combine(Repository.Root, "docs", "errors.md");
        var wanted = Page();
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            File.WriteAllText(page, wanted);
        Assert.True(File.Exists(page) && File.ReadAllText(page) == wanted, "docs/errors.md is out of date: PYBASE_WRITE_DOCS=1 eng/test.sh --filter-class '*ErrorCatalogueTests' writes it anew.");
    }

    [Fact]
    public void A_code_has_one_status()
    {
        foreach (var code in Errors().GroupBy(e => e.Code))
            Assert.Single(code.Select(e => Problems.Status(e.Kind)).Distinct());
    }

    static string Page()
    {
        var page = new StringBuilder("""
            # Errors

            Made from the code by `ErrorCatalogueTests`. Codes never change meaning; texts may. Outside `/v0` a failure is `application/problem+json` with
            `type` `urn:pybase:<code>`; under `/v0` it has Airtable's shape, and the type is the code in capitals (`unknown-field-name` → `UNKNOWN_FIELD_NAME`).

            | code | status | says | hint |
            |---|---|---|---|

            """);
        foreach (var error in Errors().DistinctBy(e => e.Code).OrderBy(e => e.Code, StringComparer.Ordinal))
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{error.Code}` | {Problems.Status(error.Kind)} | {Cell(error.Message)} | {Cell(error.Hint)} |");
        page.Append("""

            ## Findings

            What the reader of a file found odd. An error fails the job; warnings and information stand beside the rows.

            | code |
            |---|

            """);
        foreach (var code in typeof(FindingCode).Assembly.GetTypes().Where(t => t.Name.EndsWith(nameof(FindingCode), StringComparison.Ordinal)).SelectMany(t => t.GetFields())
            .Select(f => (string)f.GetRawConstantValue()!).Distinct().Order(StringComparer.Ordinal))
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{code}` |");
        return page.ToString();
    }

    static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');

    /// <summary>Every static member that is or makes an error; a maker is called with placeholders.</summary>
    static IEnumerable<Error> Errors()
    {
        foreach (var type in new[] { typeof(Error).Assembly, typeof(Problems).Assembly, typeof(Storage.StorageExtensions).Assembly }.SelectMany(a => a.GetTypes()).Where(t => t.Name.EndsWith("Errors", StringComparison.Ordinal)))
        {
            const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var field in type.GetFields(Static).Where(f => f.FieldType == typeof(Error)))
                yield return (Error)field.GetValue(null)!;
            foreach (var method in type.GetMethods(Static).Where(m => m.ReturnType == typeof(Error)))
                yield return (Error)method.Invoke(null, [.. method.GetParameters().Select(Placeholder)])!;
        }
    }

    static object? Placeholder(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(string) => "…",
        var t when t == typeof(long) => 0L,
        var t when t == typeof(int) => 0,
        var t when t == typeof(TimeSpan) => TimeSpan.Zero,
        var t when t == typeof(IReadOnlyList<FieldFault>) => Array.Empty<FieldFault>(),
        var t when t.IsEnum => Enum.GetValues(t).GetValue(0),
        _ => parameter.HasDefaultValue ? parameter.DefaultValue : null,
    };
}
