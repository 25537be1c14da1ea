using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="DisposeOwnedField"/>, of VPIO1008.</summary>
internal sealed class DisposeOwnedFieldTests
{
    [Test]
    public Task TheOwnerDisposesOfTheHandle() => FixCase.File<DisposeOwnedField>("""
        public sealed class Owner : IDisposable
        {
            [Owns] private readonly Lease {|VPIO1008:_lease|};

            public Owner(Nic nic) => _lease = nic.GrabLease();

            public void Dispose()
            {
            }
        }
        """, """
        public sealed class Owner : IDisposable
        {
            [Owns] private readonly Lease _lease;

            public Owner(Nic nic) => _lease = nic.GrabLease();

            public void Dispose()
            {
                _lease.Dispose();
            }
        }
        """);

    [Test]
    public Task WhatDisposeDoesAlreadyStays() => FixCase.File<DisposeOwnedField>("""
        public sealed class Owner : IDisposable
        {
            [Owns] private readonly Lease? {|VPIO1008:_lease|};

            public Owner(Nic nic) => _lease = nic.GrabLease();

            public void Dispose()
            {
                // Say it.
                Elsewhere.Log();
            }
        }
        """, """
        public sealed class Owner : IDisposable
        {
            [Owns] private readonly Lease? _lease;

            public Owner(Nic nic) => _lease = nic.GrabLease();

            public void Dispose()
            {
                // Say it.
                Elsewhere.Log();
                _lease?.Dispose();
            }
        }
        """);
}
