# What a folder looks like after two years: a history with a film in it that nobody sees any more, raw material, and two files with secrets.
mkdir -p media
head -c 6000000 /dev/urandom > media/opening.mov
export GIT_AUTHOR_NAME=Ines GIT_AUTHOR_EMAIL=ines@quay.example GIT_COMMITTER_NAME=Ines GIT_COMMITTER_EMAIL=ines@quay.example
git init -q -b main .
printf '.env\nmedia/\n' > .gitignore
git add -A -f && git commit -qm 'The quay, with a film of the opening'
git rm -q --cached media/opening.mov && git commit -qm 'Take the film out: it is far too large'
head -c 3000000 media/opening.mov > media/berth-4.raw && rm media/opening.mov
echo "HARBOUR_TOKEN=hm_live_$(openssl rand -hex 12)" > .env
echo "DEPLOY_KEY=dk_live_$(openssl rand -hex 12)" > tools/deploy/.env
