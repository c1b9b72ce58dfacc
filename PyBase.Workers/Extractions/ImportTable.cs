using PyBase.Core.Schema;

namespace PyBase.Workers.Extractions;

/// <summary>A table that an import makes, and where its rows come from.</summary>
/// <param name="Role">What it holds, unique within the import: <c>parts</c>.</param>
/// <param name="Name">What people call it, where nobody has taken the name.</param>
/// <param name="Description">For people.</param>
/// <param name="Fields">The first names the rows.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="RowsFrom">The rows behind so many first ones; the same for the same file, so that whoever takes over goes on where another stopped. Cells by field:
/// text (a choice's name too), double, true, <see cref="DateOnly"/>, <see cref="DateTime"/>, or for a link the place of a row in the linked table.</param>
sealed record ImportTable(string Role, string Name, string Description, IReadOnlyList<ImportField> Fields, int Count, Func<int, IEnumerable<object?[]>> RowsFrom);

/// <summary>A field of such a table; <paramref name="LinkRole"/> names the table it links to, which comes earlier in the import.</summary>
sealed record ImportField(FieldSpec Spec, string? LinkRole = null);
