namespace PyBase.Core.Permissions;

/// <summary>What a rule leaves somebody of a field; never more than their role does.</summary>
public enum Access
{
    /// <summary>As if the field were not there.</summary>
    None,
    /// <summary>Its cells are read.</summary>
    Read,
    /// <summary>They are written too, where the role writes at all.</summary>
    Write,
}
