namespace PyBase.Storage.Formulas;

/// <summary>The record itself.</summary>
static class RecordSql
{
    public static readonly Dictionary<string, FunctionSql> All = new()
    {
        ["RECORD_ID"] = new((builder, _, _) => new Piece($"{builder.Row.Alias}._id") { IsAtom = true, IsNullable = true, IsNeverEmpty = true }),
    };
}
