using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="SameContractOnBase"/>, of VPIO1025.</summary>
internal sealed class SameContractOnBaseTests
{
    [Test]
    public Task WhatTheOverrideDemandsTheBaseSays() => FixCase.File<SameContractOnBase>("""
        public class Base
        {
            protected readonly Nic nic = new();

            public virtual void Go()
            {
            }
        }

        public class Derived : Base
        {
            [RequiresHeld(nameof(nic))]
            public override void {|VPIO1025:Go|}() => nic.Write(0, 1);
        }
        """, """
        public class Base
        {
            protected readonly Nic nic = new();

            [RequiresHeld(nameof(nic))]
            public virtual void Go()
            {
            }
        }

        public class Derived : Base
        {
            [RequiresHeld(nameof(nic))]
            public override void Go() => nic.Write(0, 1);
        }
        """);

    [Test]
    public Task CommentsOfAnInterfaceStay() => FixCase.File<SameContractOnBase>("""
        public interface IStart
        {
            /// <summary>Starts.</summary>
            /// <param name="card">What to start.</param>
            void Start(Nic card); // now
        }

        public class Starter : IStart
        {
            [RequiresHeld(nameof(card))]
            public void {|VPIO1025:Start|}(Nic card) => card.Write(0, 1);
        }
        """, """
        public interface IStart
        {
            /// <summary>Starts.</summary>
            /// <param name="card">What to start.</param>
            [RequiresHeld(nameof(card))]
            void Start(Nic card); // now
        }

        public class Starter : IStart
        {
            [RequiresHeld(nameof(card))]
            public void Start(Nic card) => card.Write(0, 1);
        }
        """);

    [Test]
    public Task WhatTheBasePromisesTheOverrideSays() => FixCase.File<SameContractOnBase>("""
        public class Base
        {
            protected readonly Nic nic = new();

            [Acquires(nameof(nic))]
            public virtual void Begin() => nic.Grab();
        }

        public class Derived : Base
        {
            public override void {|VPIO1025:Begin|}() => {|VPIO1008:nic.Grab()|};
        }
        """, """
        public class Base
        {
            protected readonly Nic nic = new();

            [Acquires(nameof(nic))]
            public virtual void Begin() => nic.Grab();
        }

        public class Derived : Base
        {
            [Acquires(nameof(nic))]
            public override void Begin() => nic.Grab();
        }
        """);

    [Test]
    public Task AllContractsAreTheSame() => FixCase.File<SameContractOnBase>("""
        public abstract class Base
        {
            protected readonly Nic nic = new();

            public abstract void Go();

            public abstract void Stop();
        }

        public class Derived : Base
        {
            [RequiresHeld(nameof(nic))]
            public override void {|VPIO1025:Go|}() => nic.Write(0, 1);

            [RequiresHeld(nameof(nic))]
            public override void {|VPIO1025:Stop|}() => nic.Write(0, 0);
        }
        """, """
        public abstract class Base
        {
            protected readonly Nic nic = new();

            [RequiresHeld(nameof(nic))]
            public abstract void Go();

            [RequiresHeld(nameof(nic))]
            public abstract void Stop();
        }

        public class Derived : Base
        {
            [RequiresHeld(nameof(nic))]
            public override void Go() => nic.Write(0, 1);

            [RequiresHeld(nameof(nic))]
            public override void Stop() => nic.Write(0, 0);
        }
        """);
}
