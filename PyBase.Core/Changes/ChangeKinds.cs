namespace PyBase.Core.Changes;

/// <summary>The kinds of change, past tense: the same words in the change log and in hub messages.</summary>
public static class ChangeKinds
{
    /// <summary>Rows are there.</summary>
    public const string RecordsCreated = "recordsCreated";
    /// <summary>Cells hold something else; computed ones too.</summary>
    public const string CellsChanged = "cellsChanged";
    /// <summary>Rows are gone.</summary>
    public const string RecordsDeleted = "recordsDeleted";
    /// <summary>Too many to name: load again what you show.</summary>
    public const string ManyChanged = "manyChanged";
    /// <summary>A field is there.</summary>
    public const string FieldAdded = "fieldAdded";
    /// <summary>A field has another name, description or options.</summary>
    public const string FieldChanged = "fieldChanged";
    /// <summary>A field is gone.</summary>
    public const string FieldRemoved = "fieldRemoved";
    /// <summary>A view is there.</summary>
    public const string ViewAdded = "viewAdded";
    /// <summary>A view has another name, place or settings.</summary>
    public const string ViewChanged = "viewChanged";
    /// <summary>A view is gone.</summary>
    public const string ViewRemoved = "viewRemoved";
    /// <summary>A table is there.</summary>
    public const string TableAdded = "tableAdded";
    /// <summary>A table has another name or description.</summary>
    public const string TableChanged = "tableChanged";
    /// <summary>A table is gone.</summary>
    public const string TableRemoved = "tableRemoved";
    /// <summary>Somebody said something about a record.</summary>
    public const string CommentAdded = "commentAdded";
    /// <summary>They changed their words.</summary>
    public const string CommentChanged = "commentChanged";
    /// <summary>It is unsaid, with what was answered to it.</summary>
    public const string CommentRemoved = "commentRemoved";
}
