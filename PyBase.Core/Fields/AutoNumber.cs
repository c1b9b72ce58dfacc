namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>autoNumber</c>: the place of the record in the order of creation. Numbers of deleted records are not given again.</summary>
public sealed class AutoNumber : Computed
{
    /// <inheritdoc/>
    public override string Name => "autoNumber";

    /// <inheritdoc/>
    public override bool CanBePrimary => true;

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Number;
}
