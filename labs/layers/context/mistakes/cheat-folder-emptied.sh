# task: kept
# hint: stays
# after: 0
# why: Nothing to leak is left, and nothing to work with either. (A look at the folder by the builder would now find it clean.)
mkdir ../attic && mv .env ../attic
