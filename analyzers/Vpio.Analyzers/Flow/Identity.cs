using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Is which device an expression means: an access path, or the place where a value came from.</summary>
internal abstract record Identity
{
    /// <summary>Gets how a person would write it.</summary>
    public abstract string Display { get; }

    /// <summary>Gets how many steps the path has.</summary>
    public virtual int Depth => 0;

    /// <summary>Gets whether the path leads over something: it is not the same device once that was made anew.</summary>
    public virtual bool DependsOn(object source) => false;

    /// <summary>Gets whether the path goes on from another.</summary>
    public virtual bool LeadsOver(Identity step) => false;
}

/// <summary>Is the instance whose member is analysed.</summary>
internal sealed record ThisIdentity : Identity
{
    /// <summary>The only one.</summary>
    public static readonly ThisIdentity Instance = new();

    /// <inheritdoc/>
    public override string Display => "this";
}

/// <summary>Is what a parameter, or a captured local of an enclosing member, holds on entry.</summary>
internal sealed record VariableIdentity(ISymbol Variable) : Identity
{
    /// <inheritdoc/>
    public override string Display => Variable.Name;

    /// <inheritdoc/>
    public override bool DependsOn(object source) => Equals(source, Variable);

    /// <inheritdoc/>
    public bool Equals(VariableIdentity? other) => SymbolEqualityComparer.Default.Equals(Variable, other?.Variable);

    /// <inheritdoc/>
    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Variable);
}

/// <summary>Is what one execution of an expression gave.</summary>
/// <param name="Source">The expression, or the variable and place where several values met.</param>
/// <param name="Text">How a person would write it, where the source does not tell.</param>
internal sealed record FreshIdentity(object Source, string? Text = null) : Identity
{
    /// <inheritdoc/>
    public override string Display => Text ?? Source.ToString()!;

    /// <inheritdoc/>
    public override bool DependsOn(object source) => Equals(source, Source);

    /// <inheritdoc/>
    public bool Equals(FreshIdentity? other) => other is not null && Source.Equals(other.Source);

    /// <inheritdoc/>
    public override int GetHashCode() => Source.GetHashCode();
}

/// <summary>Is a member of another identity, or a static member.</summary>
internal sealed record MemberIdentity(Identity? Base, ISymbol Member) : Identity
{
    /// <inheritdoc/>
    public override string Display => Base switch
    {
        null => Member.ContainingType is null ? Member.Name : $"{Member.ContainingType.Name}.{Member.Name}",
        ThisIdentity => Member.Name,
        _ => $"{Base.Display}.{Member.Name}",
    };

    /// <inheritdoc/>
    public override int Depth => 1 + (Base?.Depth ?? 0);

    /// <inheritdoc/>
    public override bool DependsOn(object source) => Base?.DependsOn(source) == true;

    /// <inheritdoc/>
    public override bool LeadsOver(Identity step) => Base is not null && (Base.Equals(step) || Base.LeadsOver(step));

    /// <inheritdoc/>
    public bool Equals(MemberIdentity? other) => other is not null && SymbolEqualityComparer.Default.Equals(Member, other.Member) && Equals(Base, other.Base);

    /// <inheritdoc/>
    public override int GetHashCode() => (SymbolEqualityComparer.Default.GetHashCode(Member) * 31) + (Base?.GetHashCode() ?? 0);
}

/// <summary>Is an element at a key: a constant, or a variable that was not written in between.</summary>
internal sealed record ElementIdentity(Identity Base, object Key, string Text) : Identity
{
    /// <inheritdoc/>
    public override string Display => $"{Base.Display}[{Text}]";

    /// <inheritdoc/>
    public override int Depth => 1 + Base.Depth;

    /// <inheritdoc/>
    public override bool DependsOn(object source) => Equals(Key, source) || Base.DependsOn(source);

    /// <inheritdoc/>
    public override bool LeadsOver(Identity step) => Base.Equals(step) || Base.LeadsOver(step);

    /// <inheritdoc/>
    public bool Equals(ElementIdentity? other) => other is not null && Key.Equals(other.Key) && Base.Equals(other.Base);

    /// <inheritdoc/>
    public override int GetHashCode() => (Key.GetHashCode() * 31) + Base.GetHashCode();
}
